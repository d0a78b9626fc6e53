"""What media does about the events of the rooms above: let go of files, remove them."""

from typing import Any

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.media.jobs.delete_files import delete_files
from watertower.media.queries.attached import update_detached
from watertower.media.queries.media import delete_of_account

BATCH = 200


@job(Lane.MEDIA)
async def let_go_of_media(ctx: Context, *, status_id: int, **_: Any) -> None:
    """A status is gone: its files stay for a day, so that a redraft can take them again."""
    async with ctx.transaction() as tx:
        await update_detached(tx, status_id=status_id, kept_ids=())


@job(Lane.MEDIA)
async def forget_media_of_account(ctx: Context, *, account_id: int, **_: Any) -> None:
    """An account is gone: all its files are removed, in batches."""
    while True:
        async with ctx.transaction() as tx:
            keys = await delete_of_account(tx, account_id=account_id, limit=BATCH)
            files = [key for one in keys for key in one]
            if files:
                tx.enqueue(delete_files.queued(keys=files))
        if len(keys) < BATCH:
            return
