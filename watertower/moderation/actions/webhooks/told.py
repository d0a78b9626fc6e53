"""What an event speaks of, read for the server itself when a webhook is told."""

from watertower.accounts.queries.logins import find_login
from watertower.base.context import Context
from watertower.moderation.model.conversation import CaseMessage
from watertower.moderation.model.freeze import Freeze
from watertower.moderation.model.mistakes import Mistake
from watertower.moderation.model.servers import Decision
from watertower.moderation.model.sign_ups import OPEN, State
from watertower.moderation.model.team import Membership
from watertower.moderation.queries.conversation import find_message
from watertower.moderation.queries.freezes import find_freeze
from watertower.moderation.queries.mistakes import find_mistake
from watertower.moderation.queries.server_decisions import find_decision
from watertower.moderation.queries.sign_ups import find_message as find_sign_up_message
from watertower.moderation.queries.sign_ups import find_sign_up
from watertower.moderation.queries.team import find_last_stay


async def freeze_told(ctx: Context, *, freeze_id: int) -> Freeze | None:
    """A freeze."""
    async with ctx.reading() as tx:
        return await find_freeze(tx, freeze_id=freeze_id)


async def decision_told(ctx: Context, *, decision_id: int) -> Decision | None:
    """A decision about a server, or that none holds any more."""
    async with ctx.reading() as tx:
        return await find_decision(tx, decision_id=decision_id)


async def mistake_told(ctx: Context, *, mistake_id: int) -> Mistake | None:
    """A mistake of moderation."""
    async with ctx.reading() as tx:
        return await find_mistake(tx, mistake_id=mistake_id)


async def message_told(ctx: Context, *, message_id: int) -> CaseMessage | None:
    """A message that came from the other side; None if the team wrote it."""
    async with ctx.reading() as tx:
        message = await find_message(tx, message_id=message_id)
    return None if message is None or message.from_team else message


async def stay_told(ctx: Context, *, account_id: int) -> Membership | None:
    """Where somebody is in a team, or was last."""
    async with ctx.reading() as tx:
        return await find_last_stay(tx, account_id=account_id)


async def has_applied(ctx: Context, *, account_id: int) -> bool:
    """Whether an application waits."""
    async with ctx.reading() as tx:
        found = await find_sign_up(tx, account_id=account_id)
    return found is not None and found.state in OPEN


async def approved_applicant(ctx: Context, *, login_id: int) -> int | None:
    """The account that was let in."""
    async with ctx.reading() as tx:
        login = await find_login(tx, login_id=login_id)
    return None if login is None else login.account_id


async def refused_applicant(ctx: Context, *, message_id: int) -> int | None:
    """Whom this message told of a refusal; None if it said something else."""
    async with ctx.reading() as tx:
        message = await find_sign_up_message(tx, message_id=message_id)
        found = await find_sign_up(tx, account_id=message[0]) if message else None
    return found.account_id if found is not None and found.state is State.REFUSED else None
