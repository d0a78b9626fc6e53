"""Fetch a list from its address, every day at a moment of its own."""

import random
from datetime import datetime

from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.moderation.model.blocklists import MOST_BYTES, REFRESHED_EVERY, Listed
from watertower.moderation.queries.blocklists import (
    list_blocklists,
    replace_entries,
    update_refreshed,
)
from watertower.moderation.rules.blocklists import NotABlocklist, read_blocklist


async def fetched(ctx: Context, *, url: str) -> tuple[str, list[Listed], list[str]]:
    """(format, lines, what could not be read). Raises Unreachable, NotABlocklist."""
    answer = await ctx.http.request(
        "GET",
        url,
        headers={"Accept": "text/csv, application/json, application/ld+json, text/plain;q=0.9"},
        limit_bytes=MOST_BYTES,
    )
    if not answer.is_ok:
        raise NotABlocklist
    return read_blocklist(answer.body)


def next_refresh(now: datetime) -> datetime:
    """In a day, a little sooner or later, so that not everybody asks in the same minute."""
    return now + REFRESHED_EVERY * random.uniform(0.9, 1.1)  # noqa: S311  # jitter


async def refresh(ctx: Context, *, blocklist_id: int) -> None:
    """Fetch a list anew. What fails is written down and tried again the next day."""
    async with ctx.reading() as tx:
        found = await list_blocklists(tx, blocklist_id=blocklist_id)
    if not found or not found[0].url:
        return
    try:
        _, lines, _ = await fetched(ctx, url=found[0].url)
    except Refused as refused:
        async with ctx.transaction() as tx:
            await update_refreshed(
                tx,
                blocklist_id=blocklist_id,
                refresh_at=next_refresh(ctx.now()),
                refreshed_at=None,
                trouble=refused.says[:500],
            )
        return
    async with ctx.transaction() as tx:
        await replace_entries(tx, blocklist_id=blocklist_id, lines=lines, at=ctx.now())
        await update_refreshed(
            tx,
            blocklist_id=blocklist_id,
            refresh_at=next_refresh(ctx.now()),
            refreshed_at=ctx.now(),
            trouble="",
        )
