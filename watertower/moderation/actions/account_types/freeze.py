"""Freeze an account that is used as a type it did not declare, with the ways out of it."""

from watertower.base.context import Context
from watertower.moderation.actions.account_types.rules import question_account
from watertower.moderation.model.account_types import WORDS, Type
from watertower.moderation.model.freeze import NewFreeze, NewTask, TaskKind
from watertower.moderation.queries.cases import find_case
from watertower.moderation.steps.freeze_begin import freeze_in


async def freeze_undeclared(
    ctx: Context, *, actor_id: int, username: str, perceived: str, reason: str
) -> int:
    """Open the case and freeze the account in it; the case.

    The member declares a type, appeals, or says that they want to move; nothing is decided about
    their posts. Raises what question_account and freeze_in raise.
    """
    case_id = await question_account(
        ctx, actor_id=actor_id, username=username, perceived=perceived, reason=reason
    )
    page = f"{ctx.settings.base_url}/account/type"
    looks_like = WORDS[Type(perceived)].partition(":")[0].lower()
    async with ctx.transaction() as tx:
        case = await find_case(tx, case_id=case_id)
        assert case is not None  # noqa: S101  # opened above
        assert case.target_account_id is not None  # noqa: S101  # about this account
        await freeze_in(
            tx,
            ctx,
            actor_id=actor_id,
            wanted=NewFreeze(
                account_id=case.target_account_id,
                case_id=case_id,
                reason=reason,
                message=(
                    f"This account looks like {looks_like} and does not say so. {reason}\n\n"
                    f"You can say what it is: {page}\n"
                    "You can appeal, if we are wrong.\n"
                    "Or tell us that you would rather move to another server: then we open the "
                    "account so that you can, with your followers."
                ),
                tasks=(
                    NewTask(
                        TaskKind.READ, text="Say what this account is, then tick this", url=page
                    ),
                ),
            ),
        )
    return case_id
