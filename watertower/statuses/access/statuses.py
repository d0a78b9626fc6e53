"""Statuses as somebody may see them. Everything that shows a status asks here."""

from collections.abc import Sequence

from watertower.accounts.model import Viewer, viewer_id
from watertower.base.context import Context
from watertower.base.db.transaction import Reading
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.model import Status, StatusFace, StatusLine
from watertower.statuses.queries.faces import list_faces
from watertower.statuses.queries.lines import list_lines_by_ids
from watertower.statuses.queries.seen import find_visible_status


async def status_for(tx: Reading, *, viewer_id: int | None, status_id: int) -> Status:
    """The status, if this account (None: the public) may see it; else StatusNotFound."""
    found = await find_visible_status(tx, viewer_id=viewer_id, status_id=status_id)
    if found is None:
        raise StatusNotFound
    return found


async def line_for(ctx: Context, *, viewer: Viewer | None, status_id: int) -> StatusLine:
    """The status's line for this viewer; StatusNotFound if it may not be seen."""
    lines = await lines_for(ctx, viewer=viewer, status_ids=[status_id])
    if not lines:
        raise StatusNotFound
    return lines[0]


async def lines_for(
    ctx: Context, *, viewer: Viewer | None, status_ids: Sequence[int]
) -> list[StatusLine]:
    """Lines of those that the viewer may see, newest first."""
    async with ctx.reading() as tx:
        return await list_lines_by_ids(tx, status_ids=status_ids, viewer_id=viewer_id(viewer))


async def faces_of(ctx: Context, *, lines: Sequence[StatusLine]) -> dict[int, StatusFace]:
    """Faces of statuses whose lines the viewer was given, by status id."""
    ids = {line.id for line in lines}
    async with ctx.reading() as tx:
        return await list_faces(tx, status_ids=sorted(ids))
