"""Unfavourite: an account takes its star back."""

from watertower.base.context import Context
from watertower.base.events import record
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.events import StatusUnfavourited
from watertower.statuses.model import Status
from watertower.statuses.queries.faces import find_status
from watertower.statuses.queries.favourites import delete_favourite


async def unfavourite(ctx: Context, *, actor_id: int, status_id: int) -> Status:
    """Take the star back, even from a status that may no longer be seen. Twice is no error."""
    async with ctx.transaction() as tx:
        status = await find_status(tx, status_id=status_id)
        if status is not None and status.reblog_of_id is not None:
            status = await find_status(tx, status_id=status.reblog_of_id)
        if status is None:
            raise StatusNotFound
        gone_id = await delete_favourite(tx, account_id=actor_id, status_id=status.id)
        if gone_id is not None:
            await record(
                tx,
                StatusUnfavourited(status_id=status.id, actor_id=actor_id, favourite_id=gone_id),
            )
    return status
