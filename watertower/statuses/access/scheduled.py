"""What a member has waiting for its time. Nobody else may know of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.statuses.errors import ScheduledNotFound
from watertower.statuses.model import ScheduledStatus
from watertower.statuses.queries.scheduled import (
    find_scheduled,
    list_scheduled,
    list_scheduled_media,
)


async def scheduled_of(
    ctx: Context, *, account_id: int, scheduled_id: int, even_published: bool = False
) -> ScheduledStatus:
    """The scheduled status of this id, if it is this account's; else ScheduledNotFound.

    One that was published counts only with `even_published`: for a late repeat of scheduling it.
    """
    async with ctx.reading() as tx:
        found = await find_scheduled(tx, scheduled_id=scheduled_id)
    is_over = found is not None and found.published_status_id is not None
    if found is None or found.account_id != account_id or (is_over and not even_published):
        raise ScheduledNotFound
    return found


async def scheduled_page(ctx: Context, *, account_id: int, page: Page) -> list[ScheduledStatus]:
    """A page of what this account has waiting, newest first."""
    async with ctx.reading() as tx:
        return await list_scheduled(tx, account_id=account_id, page=page)


async def media_of_scheduled(
    ctx: Context, *, scheduled: Sequence[ScheduledStatus]
) -> dict[int, list[Mapping[str, Any]]]:
    """Rows of media_attachments by the id of the scheduled status that holds them."""
    async with ctx.reading() as tx:
        return await list_scheduled_media(tx, scheduled_ids=[s.id for s in scheduled])
