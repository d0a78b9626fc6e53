"""Settle a quote: whether its author may show what it quotes is known since now.

The door of other servers comes here when an author elsewhere answers, when a stamp was looked
at, and when one is taken back (FEP-044f).
"""

from watertower.base.context import Context
from watertower.base.events import record
from watertower.statuses.events import QuoteSettled
from watertower.statuses.queries.quotes import update_quote_state


async def settle_quote(ctx: Context, *, status_id: int, state: str) -> bool:
    """Make the quote `accepted`, `rejected` or `revoked`; False if it is so already."""
    async with ctx.transaction() as tx:
        is_changed = await update_quote_state(tx, status_id=status_id, state=state)
        if is_changed:
            await record(tx, QuoteSettled(status_id=status_id))
    return is_changed
