"""Accounts and statuses of ours that a document of another server names."""

from watertower.base.context import Context
from watertower.federation.addresses import is_own, own_account, own_status_id
from watertower.federation.model import Actor
from watertower.federation.queries.actors import (
    find_actor,
    find_actor_by_handle,
    find_actor_by_uri,
)
from watertower.federation.queries.known import KnownStatus, find_known_status


async def own_actor(ctx: Context, uri: str | None) -> Actor | None:
    """The member that an address names, in whichever form; None for everybody else."""
    if uri is None or not is_own(ctx.settings, uri):
        return None
    async with ctx.reading() as tx:
        found = await find_actor_by_uri(tx, uri=uri)
        if found is None and (named := own_account(ctx.settings, uri)) is not None:
            if named.id is not None:
                found = await find_actor(tx, account_id=named.id)
            elif named.username is not None:
                found = await find_actor_by_handle(tx, username=named.username, domain=None)
    return found if found is not None and found.is_local and not found.is_deleted else None


async def known_status(ctx: Context, uri: str | None) -> KnownStatus | None:
    """The status that an address names, ours or one we remember; None if we have none."""
    if uri is None:
        return None
    async with ctx.reading() as tx:
        return await find_known_status(tx, uri=uri, own_id=own_status_id(ctx.settings, uri))
