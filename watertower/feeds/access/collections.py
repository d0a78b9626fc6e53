"""Collections as somebody may see them."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.feeds.errors import CollectionNotFound
from watertower.feeds.model import Collection
from watertower.feeds.queries.collections import (
    list_collections_by_id,
    list_collections_of,
    list_collections_with,
)


async def collection_for(ctx: Context, *, viewer_id: int | None, collection_id: int) -> Collection:
    """One collection; CollectionNotFound if there is none or its owner and the viewer parted."""
    found = await collections_by_id(ctx, viewer_id=viewer_id, collection_ids=[collection_id])
    if not found:
        raise CollectionNotFound
    return found[collection_id]


async def collections_by_id(
    ctx: Context, *, viewer_id: int | None, collection_ids: Sequence[int]
) -> dict[int, Collection]:
    """Collections by id, in one query for any number; none for none."""
    if not collection_ids:
        return {}
    async with ctx.reading() as tx:
        found = await list_collections_by_id(tx, viewer_id=viewer_id, collection_ids=collection_ids)
    return {one.id: one for one in found}


async def collections_of(
    ctx: Context, *, viewer_id: int | None, account_id: int, limit: int, offset: int
) -> list[Collection]:
    """An account's collections, newest first; those that are not to be found for itself only."""
    async with ctx.reading() as tx:
        return await list_collections_of(
            tx, viewer_id=viewer_id, account_id=account_id, limit=limit, offset=offset
        )


async def collections_with(
    ctx: Context, *, account_id: int, limit: int, offset: int
) -> list[Collection]:
    """Collections in which a member is, newest first."""
    async with ctx.reading() as tx:
        return await list_collections_with(tx, account_id=account_id, limit=limit, offset=offset)
