"""How far a member has read."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.feeds.model import Marker
from watertower.feeds.queries.markers import list_markers


async def markers_of(ctx: Context, *, account_id: int, timelines: Sequence[str]) -> list[Marker]:
    """The member's markers of these timelines."""
    async with ctx.reading() as tx:
        return await list_markers(tx, account_id=account_id, timelines=timelines)
