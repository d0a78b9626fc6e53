"""Removes files from the store."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.media.queries.held import list_held

LOOK_AGAIN = timedelta(minutes=10)


@job(Lane.MEDIA)
async def delete_files(ctx: Context, *, keys: list[str]) -> None:
    """Remove these; those that are not there are no error, those that are held wait."""
    async with ctx.reading() as tx:
        held = await list_held(tx, keys=keys)
    await ctx.storage.delete([key for key in keys if key not in held])
    if held:
        async with ctx.transaction() as tx:
            tx.enqueue(delete_files.queued(after=LOOK_AGAIN, keys=sorted(held)))
