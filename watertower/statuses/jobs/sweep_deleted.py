"""Sweep: what was deleted is kept for a while, for reports and appeals, then it is really gone."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.statuses.queries.deletions import sweep_deleted

KEPT = timedelta(days=30)
CHUNK = 500


@job(Lane.SCHEDULED)
async def sweep_deleted_statuses(ctx: Context) -> None:
    """Remove the rows of statuses deleted a month ago, in small transactions."""
    gone = CHUNK
    while gone == CHUNK:
        async with ctx.transaction() as tx:
            gone = await sweep_deleted(tx, before=ctx.now() - KEPT, now=ctx.now(), most=CHUNK)
