"""Which servers received a status: for its author to see (TRA-17)."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.statuses.access.statuses import status_for
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.queries.reach import Reached, list_reached


async def reach_of(ctx: Context, *, viewer_id: int, status_id: int) -> Sequence[Reached]:
    """The servers that an own status was sent to, by name. Raises StatusNotFound."""
    async with ctx.reading() as tx:
        status = await status_for(tx, viewer_id=viewer_id, status_id=status_id)
        if status.account_id != viewer_id or status.reblog_of_id is not None:
            raise StatusNotFound
        return await list_reached(tx, status_id=status_id)
