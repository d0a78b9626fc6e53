"""Notes the sites whose links were shared lately, so that moderators can decide about them."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.ids import first_id_at
from watertower.base.queue.job import Lane, job
from watertower.statuses.queries.publishers import upsert_publishers

WINDOW = timedelta(days=2)


@job(Lane.SCHEDULED, attempts=1)
async def note_publishers(ctx: Context) -> None:
    """Every quarter of an hour."""
    async with ctx.transaction() as tx:
        await upsert_publishers(tx, after_id=first_id_at(ctx.now() - WINDOW), at=ctx.now())
