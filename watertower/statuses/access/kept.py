"""What a member starred or bookmarked."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.statuses.model import BookmarkFolder, StatusLine
from watertower.statuses.queries.bookmark_folders import list_folders
from watertower.statuses.queries.bookmarks import list_bookmarked
from watertower.statuses.queries.favourites import list_favourited


async def favourited_by(ctx: Context, *, account_id: int, page: Page) -> list[StatusLine]:
    """What this account starred and may still see, newest star first."""
    async with ctx.reading() as tx:
        return await list_favourited(tx, account_id=account_id, page=page)


async def bookmarked_by(
    ctx: Context, *, account_id: int, page: Page, folder_id: int | None = None
) -> list[StatusLine]:
    """What this account bookmarked and may still see, newest bookmark first; or one folder of it."""
    async with ctx.reading() as tx:
        return await list_bookmarked(tx, account_id=account_id, page=page, folder_id=folder_id)


async def folders_of(ctx: Context, *, account_id: int) -> Sequence[BookmarkFolder]:
    """The folders of this account's bookmarks, oldest first."""
    async with ctx.reading() as tx:
        return await list_folders(tx, account_id=account_id)
