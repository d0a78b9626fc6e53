"""Close a poll when its time is over, and announce that once."""

from watertower.base.context import Context
from watertower.base.events import record
from watertower.base.queue.job import Lane, job
from watertower.statuses.events import PollClosed
from watertower.statuses.queries.polls import find_poll_end, update_poll_closed


@job(Lane.LOCAL)
async def close_poll(ctx: Context, *, poll_id: int) -> None:
    """Run when the poll ends. Running again, or too early, changes nothing.

    An edit may have moved the end: then another run is asked for at the new one.
    """
    now = ctx.now()
    async with ctx.transaction() as tx:
        if await update_poll_closed(tx, poll_id=poll_id, at=now):
            await record(tx, PollClosed(poll_id=poll_id))
            return
        end = await find_poll_end(tx, poll_id=poll_id)
        if end is not None and end > now:
            tx.enqueue(close_poll.queued(after=end - now, poll_id=poll_id))
