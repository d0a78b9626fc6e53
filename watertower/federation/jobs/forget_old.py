"""Forget what is over: activities received a week ago, deliveries given up after three days."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.deliver import GIVE_UP
from watertower.federation.queries.outgoing import delete_old_outgoing
from watertower.federation.queries.received import delete_old_received

RECEIVED_KEPT = timedelta(days=7)
BATCH = 1000


@job(Lane.SCHEDULED)
async def forget_old_activities(ctx: Context) -> None:
    """In small transactions, so that nobody waits."""
    now = ctx.now()
    while True:
        async with ctx.transaction() as tx:
            if await delete_old_received(tx, before=now - RECEIVED_KEPT, limit=BATCH) < BATCH:
                break
    while True:
        async with ctx.transaction() as tx:
            if await delete_old_outgoing(tx, before=now - GIVE_UP, limit=BATCH) < BATCH:
                break
