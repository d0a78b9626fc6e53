"""The home timeline of a member."""

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.feeds.queries.home import list_home
from watertower.statuses.model import StatusLine


async def home_for(ctx: Context, *, account_id: int, page: Page) -> list[StatusLine]:
    """A page of this member's home, newest first; one query."""
    async with ctx.reading() as tx:
        return await list_home(tx, account_id=account_id, page=page, now=ctx.now())
