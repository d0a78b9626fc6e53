"""Does the rows of an import, some at a time, so that other work gets its turn."""

from watertower.base.context import Context
from watertower.base.errors import Busy, Refused
from watertower.base.queue.job import Lane, job
from watertower.feeds.queries.imports import (
    find_import,
    list_waiting,
    update_cleared,
    update_finished,
    update_row_done,
)
from watertower.feeds.reactions.clear_for_import import clear_for_import
from watertower.feeds.reactions.import_row import import_row

AT_ONCE = 50


@job(Lane.PULL)
async def run_import(ctx: Context, *, import_id: int) -> None:
    """The next rows, then this job again until none is left. A row done twice is no error."""
    async with ctx.reading() as tx:
        found = await find_import(tx, import_id=import_id)
    if found is None or found.finished_at is not None:
        return
    if found.overwrites and not found.is_cleared:
        await clear_for_import(ctx, found=found)
        async with ctx.transaction() as tx:
            await update_cleared(tx, import_id=import_id)
    async with ctx.reading() as tx:
        rows = await list_waiting(tx, import_id=import_id, most=AT_ONCE)
    for row in rows:
        problem = None
        try:
            await import_row(ctx, account_id=found.account_id, kind=found.kind, row=row.data)
        except Busy:
            raise  # our own trouble: the job is tried again
        except Refused as refused:
            problem = refused.says
        async with ctx.transaction() as tx:
            await update_row_done(tx, row_id=row.id, problem=problem)
    async with ctx.transaction() as tx:
        if len(rows) < AT_ONCE:
            await update_finished(tx, import_id=import_id, at=ctx.now())
        else:
            tx.enqueue(run_import.queued(import_id=import_id))
