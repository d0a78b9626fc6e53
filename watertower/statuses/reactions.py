"""What statuses do about the events of the rooms below."""

from watertower.base.context import Context
from watertower.base.live import publish
from watertower.base.queue.job import Lane, job
from watertower.statuses.queries.edits import touch_status


@job(Lane.LOCAL)
async def show_processed_media(ctx: Context, *, media_id: int, status_id: int | None) -> None:  # noqa: ARG001
    """An attachment looks different since now: so does the status that has it."""
    if status_id is None:
        return
    async with ctx.transaction() as tx:
        if await touch_status(tx, status_id=status_id):
            await publish(tx, "status.update", status_id=status_id)
