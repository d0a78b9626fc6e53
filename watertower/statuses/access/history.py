"""What a status was, and what its author typed, as somebody may see it."""

from watertower.accounts.model import Viewer, viewer_id
from watertower.base.context import Context
from watertower.statuses.access.statuses import status_for
from watertower.statuses.model import Status, StatusEdit
from watertower.statuses.queries.edits import find_present, list_edits


async def source_for(ctx: Context, *, viewer: Viewer | None, status_id: int) -> Status:
    """The status with its source. Raises StatusNotFound."""
    async with ctx.reading() as tx:
        return await status_for(tx, viewer_id=viewer_id(viewer), status_id=status_id)


async def history_for(
    ctx: Context, *, viewer: Viewer | None, status_id: int
) -> tuple[Status, list[StatusEdit]]:
    """The status and each of its versions, oldest first; at least the present one."""
    async with ctx.reading() as tx:
        status = await status_for(tx, viewer_id=viewer_id(viewer), status_id=status_id)
        edits = await list_edits(tx, status_id=status_id)
        return status, edits or await find_present(tx, status_id=status_id)
