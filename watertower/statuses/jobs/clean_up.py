"""Deletes members' old posts, as they chose, a few at a time."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.statuses.actions.delete_status import delete_status
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.queries.cleanup import list_due, list_expendable, update_looked

# Every deletion is told to other servers: 100 a minute are 144,000 a day.
BUDGET = 100
OF_ONE = 20
LOOKED_EVERY = timedelta(hours=6)


@job(Lane.SCHEDULED)
async def clean_up_old_statuses(ctx: Context) -> None:
    """Run by the clock. Members take turns; half done, the next run goes on."""
    left = BUDGET
    async with ctx.reading() as tx:
        due = await list_due(tx, before=ctx.now() - LOOKED_EVERY, most=BUDGET)
    for account_id, after_id in due:
        most = min(OF_ONE, left)
        async with ctx.reading() as tx:
            ids = await list_expendable(
                tx, account_id=account_id, after_id=after_id, now=ctx.now(), most=most
            )
        for status_id in ids:
            try:
                await delete_status(
                    ctx, actor_id=account_id, status_id=status_id, deletes_media=True
                )
            except StatusNotFound:
                continue  # its author was faster
        async with ctx.transaction() as tx:
            came_to = ids[-1] if len(ids) == most else 0
            await update_looked(tx, account_id=account_id, after_id=came_to, at=ctx.now())
        left -= len(ids)
        if left <= 0:
            return
