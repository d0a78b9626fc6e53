"""Who starred or boosted a status, as far as the viewer may know."""

from watertower.accounts.model import Viewer, viewer_id
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.statuses.access.statuses import status_for
from watertower.statuses.queries.boosts import list_boosters
from watertower.statuses.queries.favourites import list_favouriters


async def favouriters_for(
    ctx: Context, *, viewer: Viewer | None, status_id: int, page: Page
) -> list[tuple[int, int]]:
    """Who starred it: (account id, id to page by), newest first. Raises StatusNotFound."""
    me = viewer_id(viewer)
    async with ctx.reading() as tx:
        status = await status_for(tx, viewer_id=me, status_id=status_id)
        shown_id = status.reblog_of_id or status.id
        return await list_favouriters(tx, status_id=shown_id, viewer_id=me, page=page)


async def boosters_for(
    ctx: Context, *, viewer: Viewer | None, status_id: int, page: Page
) -> list[tuple[int, int]]:
    """Who boosted it publicly: (account id, id to page by), newest first. Raises StatusNotFound."""
    me = viewer_id(viewer)
    async with ctx.reading() as tx:
        status = await status_for(tx, viewer_id=me, status_id=status_id)
        shown_id = status.reblog_of_id or status.id
        return await list_boosters(tx, status_id=shown_id, viewer_id=me, page=page)
