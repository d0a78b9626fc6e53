"""What a member does with lists."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.feeds.errors import AlreadyInList, ListNotFound, NotFollowed, TooManyLists
from watertower.feeds.model import AccountList
from watertower.feeds.queries.lists import (
    delete_list,
    delete_members,
    delete_members_from_home,
    find_list,
    insert_list,
    insert_members,
    list_followed_of,
    update_list,
)

MOST_LISTS = 50


async def make_list(
    ctx: Context, *, owner_id: int, title: str, replies_policy: str, is_exclusive: bool
) -> AccountList:
    """Make a list; TooManyLists past fifty."""
    async with ctx.transaction() as tx:
        made = await insert_list(
            tx,
            owner_id=owner_id,
            title=title,
            replies_policy=replies_policy,
            is_exclusive=is_exclusive,
            most=MOST_LISTS,
        )
    if made is None:
        raise TooManyLists
    return made


async def change_list(
    ctx: Context,
    *,
    owner_id: int,
    list_id: int,
    title: str | None,
    replies_policy: str | None,
    is_exclusive: bool | None,
) -> AccountList:
    """Change what is given. One that becomes exclusive empties the home of its accounts."""
    async with ctx.transaction() as tx:
        changed = await update_list(
            tx,
            owner_id=owner_id,
            list_id=list_id,
            title=title,
            replies_policy=replies_policy,
            is_exclusive=is_exclusive,
        )
        if changed is None:
            raise ListNotFound
        if is_exclusive:
            await delete_members_from_home(tx, owner_id=owner_id, list_id=list_id)
    return changed


async def remove_list(ctx: Context, *, owner_id: int, list_id: int) -> None:
    """Remove a list."""
    async with ctx.transaction() as tx:
        if not await delete_list(tx, owner_id=owner_id, list_id=list_id):
            raise ListNotFound


async def add_to_list(
    ctx: Context, *, owner_id: int, list_id: int, account_ids: Sequence[int]
) -> None:
    """Put accounts that the member follows, or the member, into a list; all or none."""
    async with ctx.transaction() as tx:
        found = await _require_list(tx, owner_id, list_id)
        followed = await list_followed_of(tx, account_id=owner_id, among=account_ids)
        if set(account_ids) - followed - {owner_id}:
            raise NotFollowed
        added = await insert_members(tx, list_id=list_id, account_ids=account_ids)
        if added < len(account_ids):
            raise AlreadyInList
        if found.is_exclusive:
            await delete_members_from_home(tx, owner_id=owner_id, list_id=list_id)


async def take_from_list(
    ctx: Context, *, owner_id: int, list_id: int, account_ids: Sequence[int]
) -> None:
    """Take accounts out of a list; those that are not in it are no error."""
    async with ctx.transaction() as tx:
        await _require_list(tx, owner_id, list_id)
        await delete_members(tx, list_id=list_id, account_ids=account_ids)


async def _require_list(tx: Transaction, owner_id: int, list_id: int) -> AccountList:
    found = await find_list(tx, owner_id=owner_id, list_id=list_id)
    if found is None:
        raise ListNotFound
    return found
