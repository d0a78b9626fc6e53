"""Forgets what members brought long ago."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.queries.imports import delete_old_imports

KEPT = timedelta(days=14)


@job(Lane.SCHEDULED)
async def sweep_imports(ctx: Context) -> None:
    """Forget imports of two weeks ago, and what of them failed."""
    async with ctx.transaction() as tx:
        await delete_old_imports(tx, before=ctx.now() - KEPT)
