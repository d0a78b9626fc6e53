"""What members do with collections: make, change, fill them, and leave those of others.

Whoever wants to be found may be put in by anybody who is not blocked; they are told, and may
leave for good.
"""

from collections.abc import Sequence

from watertower.accounts.access.standing import require_may_interact
from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.relations import list_blocks_between
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.feeds.errors import (
    AlreadyInCollection,
    CollectionFull,
    CollectionItemNotFound,
    CollectionNotFound,
    MayNotBeFeatured,
    TooManyCollections,
)
from watertower.feeds.events import AddedToCollection
from watertower.feeds.model import CollectionChange
from watertower.feeds.queries.collections import (
    count_items,
    delete_collection,
    delete_item,
    insert_collection,
    insert_item,
    lock_collection,
    revoke_item,
    update_collection,
)

MOST_COLLECTIONS = 10
MOST_ACCOUNTS = 25


async def make_collection(
    ctx: Context, *, owner_id: int, change: CollectionChange, account_ids: Sequence[int]
) -> int:
    """Make a collection of these accounts, all or none; its id.

    Raises TooManyCollections, CollectionFull, AccountNotFound, MayNotBeFeatured.
    """
    async with ctx.transaction() as tx:
        await require_may_interact(tx, account_id=owner_id)
        made = await insert_collection(
            tx, account_id=owner_id, change=change, most=MOST_COLLECTIONS, at=ctx.now()
        )
        if made is None:
            raise TooManyCollections
        for account_id in account_ids:
            await _add(ctx, tx, owner_id=owner_id, collection_id=made, account_id=account_id)
    return made


async def change_collection(
    ctx: Context, *, owner_id: int, collection_id: int, change: CollectionChange
) -> None:
    """Change what is given; CollectionNotFound if it is not the member's."""
    async with ctx.transaction() as tx:
        if not await update_collection(
            tx, collection_id=collection_id, account_id=owner_id, change=change, at=ctx.now()
        ):
            raise CollectionNotFound


async def remove_collection(ctx: Context, *, owner_id: int, collection_id: int) -> None:
    """Remove a collection; CollectionNotFound if it is not the member's."""
    async with ctx.transaction() as tx:
        if not await delete_collection(tx, collection_id=collection_id, account_id=owner_id):
            raise CollectionNotFound


async def add_to_collection(
    ctx: Context, *, owner_id: int, collection_id: int, account_id: int
) -> int:
    """Put an account in; the item's id. Errors as for make_collection, AlreadyInCollection."""
    async with ctx.transaction() as tx:
        await require_may_interact(tx, account_id=owner_id)
        if not await lock_collection(tx, collection_id=collection_id, account_id=owner_id):
            raise CollectionNotFound
        return await _add(
            ctx, tx, owner_id=owner_id, collection_id=collection_id, account_id=account_id
        )


async def take_from_collection(
    ctx: Context, *, owner_id: int, collection_id: int, item_id: int
) -> None:
    """Take an account out of one's own collection."""
    async with ctx.transaction() as tx:
        if not await delete_item(
            tx, collection_id=collection_id, item_id=item_id, account_id=owner_id
        ):
            raise CollectionItemNotFound


async def leave_collection(
    ctx: Context, *, account_id: int, collection_id: int, item_id: int
) -> None:
    """Leave somebody's collection for good; CollectionItemNotFound if one is not in it."""
    async with ctx.transaction() as tx:
        if not await revoke_item(
            tx, collection_id=collection_id, item_id=item_id, account_id=account_id
        ):
            raise CollectionItemNotFound


async def _add(
    ctx: Context, tx: Transaction, *, owner_id: int, collection_id: int, account_id: int
) -> int:
    await _require_featurable(tx, owner_id=owner_id, account_id=account_id)
    if await count_items(tx, collection_id=collection_id) >= MOST_ACCOUNTS:
        raise CollectionFull
    item_id = await insert_item(
        tx, collection_id=collection_id, account_id=account_id, at=ctx.now()
    )
    if item_id is None:
        raise AlreadyInCollection
    await record(tx, AddedToCollection(item_id=item_id))
    return item_id


async def _require_featurable(tx: Transaction, *, owner_id: int, account_id: int) -> None:
    account = await find_account(tx, account_id=account_id)
    if account is None or account.deleted_at is not None or account.is_suspended:
        raise AccountNotFound
    # Of people elsewhere we do not know whether they agree; they are asked once servers can be.
    may = account.id == owner_id or (account.is_local and account.is_discoverable)
    if not may or await list_blocks_between(tx, account_id=owner_id, other_ids=[account_id]):
        raise MayNotBeFeatured
