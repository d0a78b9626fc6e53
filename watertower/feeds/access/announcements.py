"""Announcements as a member sees them."""

from collections.abc import Sequence
from typing import Any

from watertower.base.context import Context
from watertower.feeds.queries.announcements import list_announcements


async def announcements_for(ctx: Context, *, account_id: int) -> Sequence[dict[str, Any]]:
    """The announcements in force; one query."""
    async with ctx.reading() as tx:
        return await list_announcements(tx, account_id=account_id, now=ctx.now())
