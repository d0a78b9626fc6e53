"""Sweep: what was deleted is kept for a while, for reports and appeals, then it is really gone."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.media.queries.attached import update_detached
from watertower.statuses.queries.deletions import sweep_deleted
from watertower.statuses.queries.withheld import let_go_old

KEPT = timedelta(days=30)
CHUNK = 500


@job(Lane.SCHEDULED)
async def sweep_deleted_statuses(ctx: Context) -> None:
    """Remove the rows of statuses deleted a month ago, in small transactions.

    What staff removed is let go of first, once its time to be given back is over.
    """
    gone = CHUNK
    while gone == CHUNK:
        async with ctx.transaction() as tx:
            let_go = await let_go_old(tx, at=ctx.now(), most=CHUNK)
            for status_id in let_go:
                await update_detached(tx, status_id=status_id, kept_ids=())
        gone = len(let_go)
    gone = CHUNK
    while gone == CHUNK:
        async with ctx.transaction() as tx:
            gone = await sweep_deleted(tx, before=ctx.now() - KEPT, most=CHUNK)
