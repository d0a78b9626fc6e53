"""Forget submissions that nobody will repeat any more."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.statuses.limits import KEY_WINDOW
from watertower.statuses.queries.submissions import delete_old_submissions

CHUNK = 5000


@job(Lane.SCHEDULED)
async def forget_submissions(ctx: Context) -> None:
    """Delete what is older than a key is remembered, in small transactions."""
    gone = CHUNK
    while gone == CHUNK:
        async with ctx.transaction() as tx:
            gone = await delete_old_submissions(tx, before=ctx.now() - KEY_WINDOW, most=CHUNK)
