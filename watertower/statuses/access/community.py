"""How big this community is, whom it talks to, and whom it does not. Anybody may know."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from watertower.base.context import Context
from watertower.statuses.model import CommunitySize
from watertower.statuses.queries.community import (
    Week,
    count_community,
    list_peers,
    list_policies,
    list_weeks,
)

ACTIVE_WITHIN = timedelta(weeks=4)
WEEKS = 12
MOST_PEERS = 100_000


async def community_size(ctx: Context) -> CommunitySize:
    """The numbers of now."""
    async with ctx.reading(may_lag=True) as tx:
        return await count_community(tx, active_since=ctx.now() - ACTIVE_WITHIN)


async def peers(ctx: Context, *, prefix: str = "", most: int = MOST_PEERS) -> list[str]:
    """Domains of servers that we know and did not suspend, in order."""
    escaped = prefix.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    async with ctx.reading(may_lag=True) as tx:
        return await list_peers(tx, prefix=escaped, most=most)


async def weeks(ctx: Context) -> Sequence[Week]:
    """The last twelve weeks, the one under way first; weeks begin on Mondays in UTC."""
    now: datetime = ctx.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    monday = midnight - timedelta(days=midnight.weekday())
    async with ctx.reading(may_lag=True) as tx:
        return await list_weeks(tx, starts=[monday - timedelta(weeks=n) for n in range(WEEKS)])


async def policies(ctx: Context) -> list[Mapping[str, Any]]:
    """Servers that are limited or suspended here, with the reason given to the public."""
    async with ctx.reading(may_lag=True) as tx:
        return await list_policies(tx)
