"""Whom of those who are looking a status concerns. Asked once for each event, not for each socket."""

from collections.abc import Collection

from watertower.accounts.queries.apart import list_apart
from watertower.base.context import Context
from watertower.feeds.model import Outline
from watertower.feeds.queries.audience import (
    find_outline,
    list_lists_with_status,
    list_who_had,
)
from watertower.feeds.queries.home import list_homes_with
from watertower.feeds.queries.lists import find_list


async def outline_of(ctx: Context, *, status_id: int) -> Outline | None:
    """What decides to which streams a status belongs; None if there is no such status."""
    async with ctx.reading() as tx:
        return await find_outline(tx, status_id=status_id)


async def homes_with(
    ctx: Context, *, status_id: int, account_ids: Collection[int], is_deleted: bool
) -> set[int]:
    """Which of these accounts have the status in their home; for a deleted one: may have had it."""
    if not account_ids:
        return set()
    async with ctx.reading() as tx:
        if is_deleted:
            return await list_who_had(tx, status_id=status_id, account_ids=list(account_ids))
        return set(await list_homes_with(tx, status_id=status_id, account_ids=list(account_ids)))


async def lists_with(ctx: Context, *, status_id: int, list_ids: Collection[int]) -> set[int]:
    """Which of these lists show the status, if their owner may see it."""
    if not list_ids:
        return set()
    async with ctx.reading() as tx:
        return await list_lists_with_status(tx, status_id=status_id, list_ids=list(list_ids))


async def parted_from(
    ctx: Context, *, author_id: int, author_domain: str | None, account_ids: Collection[int]
) -> set[int]:
    """Those of the accounts who hide the author or its server, or whom the author blocked."""
    if not account_ids:
        return set()
    async with ctx.reading() as tx:
        return await list_apart(
            tx, author_id=author_id, author_domain=author_domain, viewer_ids=list(account_ids)
        )


async def is_own_list(ctx: Context, *, owner_id: int, list_id: int) -> bool:
    """Whether this is a list of this member."""
    async with ctx.reading() as tx:
        return await find_list(tx, owner_id=owner_id, list_id=list_id) is not None
