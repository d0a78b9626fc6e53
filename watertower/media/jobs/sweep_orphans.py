"""Removes uploads that no status took, and what statuses let go of."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.media.jobs.delete_files import delete_files
from watertower.media.queries.media import delete_orphans

KEPT = timedelta(hours=24)
BATCH = 200


@job(Lane.SCHEDULED)
async def sweep_orphans(ctx: Context) -> None:
    """Forget what has belonged to nothing for a day. Half done, the next run goes on."""
    while True:
        async with ctx.transaction() as tx:
            orphans = await delete_orphans(tx, before=ctx.now() - KEPT, limit=BATCH)
            keys = [key for one in orphans for key in one]
            if keys:
                tx.enqueue(delete_files.queued(keys=keys))
        if len(orphans) < BATCH:
            return
