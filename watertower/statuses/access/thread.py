"""A thread, as somebody may see it."""

from collections.abc import Sequence

from watertower.accounts.model import Viewer, viewer_id
from watertower.base.context import Context
from watertower.statuses.access.statuses import status_for
from watertower.statuses.model import Status, StatusLine
from watertower.statuses.queries.context import ThreadLimits, list_thread

MEMBERS = ThreadLimits(ancestors=4096, descendants=4096, depth=4096)
PUBLIC = ThreadLimits(ancestors=40, descendants=60, depth=20)


async def thread_for(
    ctx: Context, *, viewer: Viewer | None, status_id: int
) -> tuple[Sequence[StatusLine], Sequence[StatusLine]]:
    """What stands above the status, oldest first, and below it, branch by branch.

    Two queries. Raises StatusNotFound. The public sees 40 above and 60 below, 20 deep.
    """
    _, above, below = await status_and_thread(ctx, viewer=viewer, status_id=status_id)
    return above, below


async def status_and_thread(
    ctx: Context, *, viewer: Viewer | None, status_id: int
) -> tuple[Status, Sequence[StatusLine], Sequence[StatusLine]]:
    """As thread_for, with the status itself, which may be a boost."""
    me = viewer_id(viewer)
    async with ctx.reading() as tx:
        status = await status_for(tx, viewer_id=me, status_id=status_id)
        above, below = await list_thread(
            tx,
            status_id=status.reblog_of_id or status.id,
            viewer_id=me,
            limits=PUBLIC if me is None else MEMBERS,
        )
    return status, above, below
