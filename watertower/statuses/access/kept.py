"""What a member starred or bookmarked."""

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.bookmarks import list_bookmarked
from watertower.statuses.queries.favourites import list_favourited


async def favourited_by(ctx: Context, *, account_id: int, page: Page) -> list[StatusLine]:
    """What this account starred and may still see, newest star first."""
    async with ctx.reading() as tx:
        return await list_favourited(tx, account_id=account_id, page=page)


async def bookmarked_by(ctx: Context, *, account_id: int, page: Page) -> list[StatusLine]:
    """What this account bookmarked and may still see, newest bookmark first."""
    async with ctx.reading() as tx:
        return await list_bookmarked(tx, account_id=account_id, page=page)
