"""Removes files from the store."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job


@job(Lane.MEDIA)
async def delete_files(ctx: Context, *, keys: list[str]) -> None:
    """Remove these; those that are not there are no error."""
    await ctx.storage.delete(keys)
