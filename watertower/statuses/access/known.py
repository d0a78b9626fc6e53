"""Statuses by address, for the doors that speak with other servers.

Nobody's eyes are asked for: what is found may be told to others only through `statuses.py`.
"""

from watertower.base.context import Context
from watertower.statuses.model import Status
from watertower.statuses.queries.known import find_status_by_uri, find_status_by_url


async def known_status(ctx: Context, *, uri: str) -> Status | None:
    """The status whose id this is, if we have it."""
    async with ctx.reading() as tx:
        return await find_status_by_uri(tx, uri=uri)


async def known_status_at(ctx: Context, *, address: str) -> Status | None:
    """The status whose id or page this is, if we have it."""
    async with ctx.reading() as tx:
        found = await find_status_by_uri(tx, uri=address)
        return found or await find_status_by_url(tx, url=address)
