"""Pin: an author keeps a status on top of the profile."""

from watertower.base.context import Context
from watertower.base.events import record
from watertower.statuses.access.statuses import status_for
from watertower.statuses.errors import refused
from watertower.statuses.events import StatusPinned, StatusUnpinned
from watertower.statuses.limits import MAX_PINS
from watertower.statuses.model import Visibility
from watertower.statuses.queries.pins import count_other_pins, delete_pin, insert_pin


async def pin(ctx: Context, *, actor_id: int, status_id: int) -> None:
    """Pin an own status that is neither direct nor a boost; at most five. Twice is no error.

    Raises StatusNotFound, Invalid.
    """
    async with ctx.transaction() as tx:
        status = await status_for(tx, viewer_id=actor_id, status_id=status_id)
        if status.reblog_of_id is not None:
            raise refused("base", "A boost cannot be pinned")
        if status.account_id != actor_id:
            raise refused("base", "Someone else's post cannot be pinned")
        if status.visibility is Visibility.DIRECT:
            raise refused("base", "Posts that are only visible to mentioned users cannot be pinned")
        if await count_other_pins(tx, account_id=actor_id, status_id=status_id) >= MAX_PINS:
            raise refused("base", "You have already pinned the maximum number of posts")
        if await insert_pin(tx, account_id=actor_id, status_id=status_id, at=ctx.now()):
            await record(tx, StatusPinned(status_id=status_id, account_id=actor_id))


async def unpin(ctx: Context, *, actor_id: int, status_id: int) -> None:
    """Unpin; what is not pinned is no error. Raises StatusNotFound."""
    async with ctx.transaction() as tx:
        await status_for(tx, viewer_id=actor_id, status_id=status_id)
        if await delete_pin(tx, account_id=actor_id, status_id=status_id):
            await record(tx, StatusUnpinned(status_id=status_id, account_id=actor_id))
