"""Whom of those who are looking statuses concern. Asked once for many, not for each socket."""

from collections.abc import Collection

from watertower.accounts.queries.apart import list_apart
from watertower.base.context import Context
from watertower.feeds.model import Outline
from watertower.feeds.queries.audience import (
    list_homes,
    list_lists_with,
    list_outlines,
    list_who_had,
)
from watertower.feeds.queries.lists import find_list


async def outlines_of(ctx: Context, *, status_ids: Collection[int]) -> dict[int, Outline]:
    """What decides to which streams statuses belong, by id; unknown ids are left out."""
    async with ctx.reading() as tx:
        return await list_outlines(tx, status_ids=list(status_ids))


async def homes_with(
    ctx: Context, *, status_ids: Collection[int], account_ids: Collection[int], are_deleted: bool
) -> list[tuple[int, int]]:
    """(status, account) for the homes that have a status; of deleted ones: may have had it."""
    if not account_ids or not status_ids:
        return []
    ask = list_who_had if are_deleted else list_homes
    async with ctx.reading() as tx:
        return await ask(tx, status_ids=list(status_ids), account_ids=list(account_ids))


async def lists_with(
    ctx: Context, *, status_ids: Collection[int], list_ids: Collection[int]
) -> list[tuple[int, int]]:
    """(status, list) for the lists that show a status, if their owner may see it."""
    if not list_ids or not status_ids:
        return []
    async with ctx.reading() as tx:
        return await list_lists_with(tx, status_ids=list(status_ids), list_ids=list(list_ids))


async def parted(
    ctx: Context, *, author_ids: Collection[int], account_ids: Collection[int]
) -> set[tuple[int, int]]:
    """(author, account) where the account hides the author or its server, or was blocked by it."""
    if not account_ids or not author_ids:
        return set()
    async with ctx.reading() as tx:
        return await list_apart(tx, author_ids=list(author_ids), viewer_ids=list(account_ids))


async def is_own_list(ctx: Context, *, owner_id: int, list_id: int) -> bool:
    """Whether this is a list of this member."""
    async with ctx.reading() as tx:
        return await find_list(tx, owner_id=owner_id, list_id=list_id) is not None
