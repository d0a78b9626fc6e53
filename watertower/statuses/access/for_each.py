"""One status as many people may see it, each for themselves, in one query."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines_for_each import list_lines_for_each, list_votes_for_each


async def lines_for_each(
    ctx: Context, *, status_id: int, viewer_ids: Sequence[int]
) -> dict[int, StatusLine]:
    """The status's line by viewer: those who may see it and did not mute or block its author."""
    if not viewer_ids:
        return {}
    async with ctx.reading() as tx:
        return await list_lines_for_each(tx, status_id=status_id, viewer_ids=viewer_ids)


async def votes_of_each(
    ctx: Context, *, poll_id: int, account_ids: Sequence[int]
) -> dict[int, list[int]]:
    """What each of these accounts chose in a poll; those who did not vote are left out."""
    async with ctx.reading() as tx:
        return await list_votes_for_each(tx, poll_id=poll_id, account_ids=account_ids)
