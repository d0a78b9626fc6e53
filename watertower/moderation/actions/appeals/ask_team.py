"""Ask the team: a warning is no sanction that could be appealed, but one may ask about it."""

from watertower.base.context import Context
from watertower.moderation.errors.appeals import AppealNotFound
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.appeals import said
from watertower.moderation.steps.cases import open_case
from watertower.moderation.steps.conversation import say


async def ask_team(ctx: Context, *, account_id: int, action_id: int, text: str) -> int:
    """Say it in the thread of the case, which is opened if there is none; the case.

    Raises AppealNotFound, TextMissing, TextTooLong, and what say raises.
    """
    words = said(text)
    async with ctx.transaction() as tx:
        action = await find_action(tx, action_id=action_id)
        if action is None or action.target_account_id != account_id:
            raise AppealNotFound
        case_id = action.case_id
        if case_id is None:
            case_id = await open_case(
                tx,
                at=ctx.now(),
                kind="research",
                target_account_id=account_id,
                title="A question about a decision",
                may_fold=False,
            )
        await say(
            tx,
            ctx,
            case_id=case_id,
            thread="reported",
            with_account_id=account_id,
            from_team=False,
            author_id=account_id,
            text=words,
        )
    return case_id
