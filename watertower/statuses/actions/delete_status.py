"""Delete: an author takes a status back, perhaps to write it anew."""

from watertower.base.context import Context
from watertower.media.jobs.delete_files import delete_files
from watertower.media.queries.media import delete_media
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.model import Status
from watertower.statuses.queries.faces import find_status
from watertower.statuses.steps.remove import remove_status


async def delete_status(
    ctx: Context, *, actor_id: int, status_id: int, deletes_media: bool = False
) -> Status:
    """Delete an own status; answers what it was.

    Its attachments stay for a while, to be used in a new version, unless `deletes_media`.
    Raises StatusNotFound for those of others.
    """
    async with ctx.transaction() as tx:
        status = await find_status(tx, status_id=status_id)
        if status is None or status.account_id != actor_id:
            raise StatusNotFound
        detached = await remove_status(tx, ctx, status=status)
        if deletes_media and detached:
            keys = await delete_media(tx, media_ids=detached)
            if keys:
                tx.enqueue(delete_files.queued(keys=keys))
    return status
