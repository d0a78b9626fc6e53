"""What one account posted, as somebody may see it."""

from watertower.accounts.model import Viewer, viewer_id
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.of_account import Choice, list_of_account

__all__ = ["Choice", "statuses_of_account"]


async def statuses_of_account(
    ctx: Context, *, viewer: Viewer | None, account_id: int, choice: Choice, page: Page
) -> list[StatusLine]:
    """A page of the account's statuses and boosts, newest first; one query."""
    async with ctx.reading() as tx:
        return await list_of_account(
            tx, viewer_id=viewer_id(viewer), account_id=account_id, choice=choice, page=page
        )
