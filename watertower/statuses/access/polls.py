"""Polls as somebody may see them."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.statuses.queries.votes import list_votes


async def votes_of(
    ctx: Context, *, poll_ids: Sequence[int], account_id: int
) -> dict[int, list[int]]:
    """What this account chose in these polls: poll id to choices."""
    async with ctx.reading() as tx:
        return await list_votes(tx, poll_ids=poll_ids, account_id=account_id)
