"""What an operator asks about the exchange with other servers, and may decide about a host."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.federation.queries.deliveries import set_paused
from watertower.federation.queries.looked_up import (
    HostLine,
    LookedUp,
    LookedUpDelivery,
    list_host_lines,
    list_looked_up,
    list_looked_up_deliveries,
)
from watertower.federation.reading import host_of
from watertower.federation.remote.webfinger import canonical_domain

__all__ = ["Explained", "HostLine", "LookedUp", "LookedUpDelivery", "explain", "hosts", "pause"]

MOST_SHOWN = 20
BIGGEST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Explained:
    """What we know of an activity: as it came to us, and where ours still waits."""

    received: Sequence[LookedUp]
    waiting: Sequence[LookedUpDelivery]


async def explain(ctx: Context, *, named: str) -> Explained:
    """An activity by our number or by its id; or what came about the status of this id."""
    number = int(named) if named.isascii() and named.isdigit() and len(named) < 20 else None
    if number is not None and number > BIGGEST_NUMBER:
        number = None
    origin = host_of(named) or ""
    async with ctx.reading() as tx:
        return Explained(
            await list_looked_up(
                tx,
                number=number,
                uri=named if origin else "",
                origin=origin,
                limit=MOST_SHOWN,
            ),
            await list_looked_up_deliveries(tx, uri=named, limit=MOST_SHOWN),
        )


async def hosts(ctx: Context, *, only_troubled: bool, limit: int) -> Sequence[HostLine]:
    """How deliveries to other servers go, the worst first."""
    async with ctx.reading() as tx:
        return await list_host_lines(tx, only_troubled=only_troubled, limit=limit)


async def pause(ctx: Context, *, host: str, is_paused: bool) -> bool:
    """Hold back what is for a host, or let it go again; False if that is no host's name."""
    name = canonical_domain(host)
    if name is None:
        return False
    async with ctx.transaction() as tx:
        await set_paused(tx, host=name, is_paused=is_paused)
    return True
