"""What quotes a status: for its author to see."""

from watertower.base.context import Context
from watertower.base.errors import Forbidden
from watertower.base.paging import Page
from watertower.statuses.access.statuses import status_for
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.quotes import list_quoting, may_quote


async def quotes_for(
    ctx: Context, *, viewer_id: int, status_id: int, page: Page
) -> list[StatusLine]:
    """What quotes an own status, newest first. Raises StatusNotFound, Forbidden."""
    async with ctx.reading() as tx:
        status = await status_for(tx, viewer_id=viewer_id, status_id=status_id)
        if status.account_id != viewer_id:
            raise Forbidden
        return await list_quoting(tx, status_id=status_id, viewer_id=viewer_id, page=page)


async def may_be_quoted_by(ctx: Context, *, account_id: int, status_id: int) -> bool:
    """Whether this account sees the status and its author's policy lets it quote it."""
    async with ctx.reading() as tx:
        try:
            status = await status_for(tx, viewer_id=account_id, status_id=status_id)
        except StatusNotFound:
            return False
        return status.reblog_of_id is None and await may_quote(
            tx, account_id=account_id, status_id=status_id
        )
