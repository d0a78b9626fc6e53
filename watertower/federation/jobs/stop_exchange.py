"""A server was suspended: what still waits to go there, or came from there, is let go of."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.policies import decision_for, forget_policies
from watertower.federation.queries.stopped import (
    delete_deliveries_to,
    ignore_received_from,
    list_hosts_waiting,
)


@job(Lane.PUSH)
async def stop_exchange(ctx: Context, *, domain: str) -> None:
    """Drop the deliveries and set aside the activities of every suspended host of this name."""
    forget_policies()
    async with ctx.reading() as tx:
        hosts = await list_hosts_waiting(tx, domain=domain)
    stopped = [host for host in hosts if (await decision_for(ctx, host=host)).is_suspended]
    if not stopped:
        return
    async with ctx.transaction() as tx:
        await delete_deliveries_to(tx, hosts=stopped)
        await ignore_received_from(tx, hosts=stopped, at=ctx.now())
