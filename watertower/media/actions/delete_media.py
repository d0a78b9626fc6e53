"""Delete: a member takes back an upload that no status shows."""

from watertower.base.context import Context
from watertower.media.errors import MediaInUse, MediaNotFound
from watertower.media.jobs.delete_files import delete_files
from watertower.media.queries.media import delete_own_unattached, find_own_media


async def delete_upload(ctx: Context, *, account_id: int, media_id: int) -> None:
    """Forget it and have its files removed. MediaInUse if a status has it, else MediaNotFound."""
    async with ctx.transaction() as tx:
        keys = await delete_own_unattached(tx, account_id=account_id, media_id=media_id)
        if keys is None:
            found = await find_own_media(tx, account_id=account_id, media_id=media_id)
            raise MediaNotFound if found is None else MediaInUse
        if keys:
            tx.enqueue(delete_files.queued(keys=keys))
