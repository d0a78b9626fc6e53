"""Every day subscribed blocklists are looked at: what is new is a draft, nothing applies."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.queries.blocklists import list_due
from watertower.moderation.steps.blocklists import refresh


@job(Lane.PULL)
async def refresh_blocklists(ctx: Context) -> None:
    """Those that are due; one that fails is tried again the next day."""
    async with ctx.reading() as tx:
        due = await list_due(tx, now=ctx.now())
    for one in due:
        await refresh(ctx, blocklist_id=one.id)
