"""Ends mutes whose time is over. Reads ignore them from that moment on; this takes them away."""

from watertower.accounts.events import Unmuted
from watertower.accounts.queries.mutes import delete_expired_mutes
from watertower.base.context import Context
from watertower.base.events import record
from watertower.base.queue.job import Lane, job

AT_ONCE = 500


@job(Lane.SCHEDULED)
async def expire_mutes(ctx: Context) -> None:
    """Started by the clock; running again finds nothing left."""
    while True:
        async with ctx.transaction() as tx:
            ended = await delete_expired_mutes(tx, now=ctx.now(), limit=AT_ONCE)
            for actor_id, target_id in ended:
                await record(tx, Unmuted(actor_id, target_id))
        if len(ended) < AT_ONCE:
            return
