"""Bookmark: a member keeps a status for later. Nobody is told."""

from watertower.base.context import Context
from watertower.statuses.access.statuses import status_for
from watertower.statuses.errors import FolderNotFound
from watertower.statuses.queries.bookmark_folders import has_folder
from watertower.statuses.queries.bookmarks import delete_bookmark, insert_bookmark


async def bookmark(
    ctx: Context, *, actor_id: int, status_id: int, folder_id: int | None = None
) -> int:
    """Keep it; answers its id (of a boost, the original's). With a folder: there from now on.

    Raises StatusNotFound, FolderNotFound.
    """
    async with ctx.transaction() as tx:
        status = await status_for(tx, viewer_id=actor_id, status_id=status_id)
        kept_id = status.reblog_of_id or status.id
        if folder_id is not None and not await has_folder(
            tx, account_id=actor_id, folder_id=folder_id
        ):
            raise FolderNotFound
        await insert_bookmark(
            tx, account_id=actor_id, status_id=kept_id, folder_id=folder_id, at=ctx.now()
        )
    return kept_id


async def unbookmark(ctx: Context, *, actor_id: int, status_id: int) -> int:
    """Keep it no longer; answers its id. Raises StatusNotFound."""
    async with ctx.transaction() as tx:
        status = await status_for(tx, viewer_id=actor_id, status_id=status_id)
        kept_id = status.reblog_of_id or status.id
        await delete_bookmark(tx, account_id=actor_id, status_id=kept_id)
    return kept_id
