"""Lists of a member."""

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.feeds.errors import ListNotFound
from watertower.feeds.model import AccountList
from watertower.feeds.queries.lists import find_list, list_lists, list_lists_with, list_members


async def lists_of(ctx: Context, *, owner_id: int) -> list[AccountList]:
    """All lists of a member."""
    async with ctx.reading() as tx:
        return await list_lists(tx, account_id=owner_id)


async def lists_with(ctx: Context, *, owner_id: int, account_id: int) -> list[AccountList]:
    """The lists of a member in which an account is."""
    async with ctx.reading() as tx:
        return await list_lists_with(tx, owner_id=owner_id, account_id=account_id)


async def list_for(ctx: Context, *, owner_id: int, list_id: int) -> AccountList:
    """A list; ListNotFound if it is not this member's."""
    async with ctx.reading() as tx:
        found = await find_list(tx, owner_id=owner_id, list_id=list_id)
    if found is None:
        raise ListNotFound
    return found


async def members_for(
    ctx: Context, *, owner_id: int, list_id: int, page: Page
) -> list[tuple[int, int]]:
    """(account, place) of a page of a list's accounts."""
    async with ctx.reading() as tx:
        if await find_list(tx, owner_id=owner_id, list_id=list_id) is None:
            raise ListNotFound
        return await list_members(tx, list_id=list_id, page=page)
