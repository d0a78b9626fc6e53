"""Statuses as many people may see them, each for themselves, in one query."""

from collections.abc import Collection

from watertower.base.context import Context
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines_for_each import list_lines_for_each, list_votes_for_each


async def lines_for_each(
    ctx: Context, *, wanted: Collection[tuple[int, int]]
) -> dict[int, dict[int, StatusLine]]:
    """Lines by status and viewer, for pairs of (status, viewer).

    Only of those who may see the status and did not mute or block its author.
    """
    if not wanted:
        return {}
    async with ctx.reading() as tx:
        return await list_lines_for_each(tx, wanted=wanted)


async def votes_of_each(
    ctx: Context, *, poll_ids: Collection[int], account_ids: Collection[int]
) -> dict[tuple[int, int], list[int]]:
    """What each of these accounts chose in each of these polls, by (poll, account)."""
    if not poll_ids:
        return {}
    async with ctx.reading() as tx:
        return await list_votes_for_each(tx, poll_ids=poll_ids, account_ids=account_ids)
