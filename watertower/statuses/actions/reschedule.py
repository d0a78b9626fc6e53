"""Reschedule or cancel what waits for its time."""

from datetime import datetime

from watertower.base.context import Context
from watertower.media.steps.attach import release
from watertower.statuses.errors import ScheduledNotFound
from watertower.statuses.queries.scheduled import (
    delete_scheduled,
    lock_scheduled,
    update_scheduled_time,
)
from watertower.statuses.queries.submissions import delete_same_submissions
from watertower.statuses.rules import check_time_ahead
from watertower.statuses.steps.plan import require_room


async def reschedule(
    ctx: Context, *, actor_id: int, scheduled_id: int, at: datetime | None
) -> None:
    """Publish it at another time; None changes nothing. Raises ScheduledNotFound, Invalid."""
    if at is not None:
        check_time_ahead(at, ctx.now())
    async with ctx.transaction() as tx:
        waiting = await lock_scheduled(tx, scheduled_id=scheduled_id)
        if waiting is None or waiting.account_id != actor_id:
            raise ScheduledNotFound
        if at is not None:
            await require_room(tx, account_id=actor_id, at=at, without_id=scheduled_id)
            await update_scheduled_time(tx, scheduled_id=scheduled_id, at=at)


async def cancel_scheduled(ctx: Context, *, actor_id: int, scheduled_id: int) -> None:
    """Publish it never. Its media is free to be used again. Raises ScheduledNotFound."""
    async with ctx.transaction() as tx:
        waiting = await lock_scheduled(tx, scheduled_id=scheduled_id)
        if waiting is None or waiting.account_id != actor_id:
            raise ScheduledNotFound
        await release(tx, scheduled_status_id=scheduled_id)
        await delete_scheduled(tx, scheduled_id=scheduled_id)
        await delete_same_submissions(tx, account_id=actor_id, made_id=scheduled_id)
