"""Files of a status are served or not, as staff decided about it."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.media.queries.withheld import delete_withheld, withhold_of_status
from watertower.statuses.queries.withheld import has_withheld


@job(Lane.MEDIA)
async def settle_files_of_status(ctx: Context, *, status_id: int, **_: object) -> None:
    """Run after a removal and after its end, in whatever order: the row decides."""
    holder = f"status:{status_id}"
    async with ctx.transaction() as tx:
        if await has_withheld(tx, status_id=status_id):
            await withhold_of_status(tx, status_id=status_id, holder=holder)
        else:
            await delete_withheld(tx, holder=holder)
