"""Who may quote a status, and taking it out of one that quotes it."""

from watertower.base.context import Context
from watertower.base.events import record
from watertower.base.live import publish
from watertower.statuses.access.statuses import status_for
from watertower.statuses.errors import MayNotQuote, StatusNotFound
from watertower.statuses.events import QuotePolicyChanged, QuoteRevoked
from watertower.statuses.model import Visibility
from watertower.statuses.queries.quotes import update_quote_policy, update_quote_revoked


async def change_quote_policy(ctx: Context, *, actor_id: int, status_id: int, policy: str) -> None:
    """Let the public, followers or nobody quote an own status from now on.

    What is not for everybody is quoted by nobody whatever is asked. Raises StatusNotFound.
    """
    async with ctx.transaction() as tx:
        status = await status_for(tx, viewer_id=actor_id, status_id=status_id)
        if status.account_id != actor_id or status.reblog_of_id is not None:
            raise StatusNotFound
        is_open = status.visibility <= Visibility.UNLISTED
        policy = policy if is_open else "nobody"
        if await update_quote_policy(tx, status_id=status_id, policy=policy):
            await record(tx, QuotePolicyChanged(status_id=status_id))


async def revoke_quote(
    ctx: Context, *, actor_id: int, status_id: int, quoting_status_id: int
) -> None:
    """Take an own status out of one that quotes it. Raises StatusNotFound, MayNotQuote."""
    async with ctx.transaction() as tx:
        status = await status_for(tx, viewer_id=actor_id, status_id=status_id)
        quoting = await status_for(tx, viewer_id=actor_id, status_id=quoting_status_id)
        if quoting.quoted_status_id != status_id:
            raise StatusNotFound
        if status.account_id != actor_id:
            raise MayNotQuote
        if await update_quote_revoked(tx, status_id=quoting_status_id, quoted_status_id=status_id):
            await publish(tx, "status.update", status_id=quoting_status_id)
            await record(tx, QuoteRevoked(status_id=quoting_status_id, quoted_status_id=status_id))
