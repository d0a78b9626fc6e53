"""Trends: counted every five minutes by each process, shown as the viewer may see them."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from weakref import WeakKeyDictionary

from watertower.accounts.model import Viewer, viewer_id
from watertower.base.context import Context
from watertower.base.db.pool import Database
from watertower.base.ids import first_id_at
from watertower.feeds.access.tags import day_of
from watertower.feeds.model import TagLine
from watertower.feeds.queries.tags import list_trending_tags
from watertower.feeds.queries.trends import list_lines_in_order, list_trending
from watertower.statuses.model import StatusLine

WINDOW = timedelta(days=2)
LEAST_LIKES = 2
LEAST_PEOPLE = 2
MOST_KEPT = 100
KEPT_SECONDS = 300


@dataclass
class _Kept:
    until: float = 0.0
    status_ids: list[int] = field(default_factory=list)


_kept: WeakKeyDictionary[Database, _Kept] = WeakKeyDictionary()


async def trending_statuses(
    ctx: Context, *, viewer: Viewer | None, limit: int, offset: int
) -> list[StatusLine]:
    """Statuses that several people starred or boosted in the last two days."""
    kept = _kept.setdefault(ctx.db, _Kept())
    async with ctx.reading() as tx:
        if kept.until < time.monotonic():
            kept.until = time.monotonic() + KEPT_SECONDS
            kept.status_ids = await list_trending(
                tx,
                after_id=first_id_at(ctx.now() - WINDOW),
                least=LEAST_LIKES,
                limit=MOST_KEPT,
            )
        wanted = kept.status_ids[offset : offset + limit]
        if not wanted:
            return []
        return await list_lines_in_order(tx, status_ids=wanted, viewer_id=viewer_id(viewer))


async def statuses_that_might_trend(
    ctx: Context, *, viewer: Viewer, limit: int, offset: int
) -> list[StatusLine]:
    """The same for moderators, counted now, with those that may not trend."""
    async with ctx.reading() as tx:
        found = await list_trending(
            tx,
            after_id=first_id_at(ctx.now() - WINDOW),
            least=LEAST_LIKES,
            limit=MOST_KEPT,
            with_refused=True,
        )
        wanted = found[offset : offset + limit]
        return await list_lines_in_order(tx, status_ids=wanted, viewer_id=viewer_id(viewer))


async def trending_tags(
    ctx: Context, *, viewer: Viewer | None, limit: int, offset: int
) -> list[TagLine]:
    """Hashtags that several people used since yesterday."""
    async with ctx.reading() as tx:
        found = await list_trending_tags(
            tx,
            viewer_id=viewer_id(viewer),
            today=day_of(ctx.now()),
            people=LEAST_PEOPLE,
            limit=offset + limit,
        )
    return found[offset:]


def forget_trends() -> None:
    """Count anew at the next request (tests)."""
    _kept.clear()
