"""Polls as somebody may see them."""

from collections.abc import Sequence

from watertower.accounts.model import Viewer
from watertower.base.context import Context
from watertower.statuses.access.statuses import line_for
from watertower.statuses.errors import PollNotFound, StatusNotFound
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.polls import find_poll
from watertower.statuses.queries.votes import list_votes


async def votes_of(
    ctx: Context, *, poll_ids: Sequence[int], account_id: int
) -> dict[int, list[int]]:
    """What this account chose in these polls: poll id to choices."""
    async with ctx.reading() as tx:
        return await list_votes(tx, poll_ids=poll_ids, account_id=account_id)


async def line_of_poll(ctx: Context, *, viewer: Viewer | None, poll_id: int) -> StatusLine:
    """The status that asks, if the viewer may see it; else PollNotFound."""
    async with ctx.reading() as tx:
        poll = await find_poll(tx, poll_id=poll_id)
    if poll is None:
        raise PollNotFound
    try:
        return await line_for(ctx, viewer=viewer, status_id=poll.status_id)
    except StatusNotFound as error:
        raise PollNotFound from error
