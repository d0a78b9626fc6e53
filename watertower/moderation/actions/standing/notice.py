"""Notice: a person elsewhere hears of an action through those who run their server (MOD-64).

Nothing about an action is ever sent by itself: a word to the wrong people can put somebody in
danger. A moderator thinks of that, writes down what they thought, and only then writes.
"""

from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.moderation.actions.servers.write_to import write_to
from watertower.moderation.errors.standing import (
    ActionNotFound,
    NotElsewhere,
    NotOnOneself,
    RiskMissing,
)
from watertower.moderation.model.standing import LONGEST_MESSAGE
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.log import log


async def send_notice(
    ctx: Context, *, actor_id: int, action_id: int, address: str, text: str, risk: str
) -> None:
    """Write to a published address of the person's server about one action.

    `risk` is what the moderator thought of who could be harmed. Raises ActionNotFound,
    NotOnOneself, NotElsewhere for members, RiskMissing, UnknownContact, TextMissing.
    """
    if not risk.strip():
        raise RiskMissing
    async with ctx.transaction() as tx:
        action = await find_action(tx, action_id=action_id)
        if action is None:
            raise ActionNotFound
        if action.target_account_id == actor_id:
            raise NotOnOneself
        account = await find_account(tx, account_id=action.target_account_id)
        if account is None or account.domain is None:
            raise NotElsewhere
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="weigh the risk of a notice",
            subject=("account", account.id),
            case_id=action.case_id,
            reason=risk.strip()[:LONGEST_MESSAGE],
            details={"action_id": str(action_id)},
        )
    await write_to(ctx, actor_id=actor_id, domain=account.domain, address=address, text=text)
