"""Links that trend: counted every five minutes by each process, the same for everybody."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from weakref import WeakKeyDictionary

from watertower.accounts.model import Viewer, viewer_id
from watertower.base.context import Context
from watertower.base.db.pool import Database
from watertower.base.errors import NotFound
from watertower.base.ids import first_id_at
from watertower.base.paging import Page
from watertower.feeds.access.tags import day_of
from watertower.feeds.model import TrendingLink
from watertower.feeds.queries.links import list_about_link, list_trending_links
from watertower.statuses.model import StatusLine

WINDOW = timedelta(days=2)
WEEK = timedelta(days=7)
LEAST_PEOPLE = 2
MOST_KEPT = 100
KEPT_SECONDS = 300


@dataclass(frozen=True)
class _Kept:
    until: float
    links: Sequence[TrendingLink]


_kept: WeakKeyDictionary[Database, _Kept] = WeakKeyDictionary()


async def trending_links(ctx: Context) -> Sequence[TrendingLink]:
    """Links that several people shared in the last two days, most people first."""
    kept = _kept.get(ctx.db)
    if kept is not None and time.monotonic() < kept.until:
        return kept.links
    links = await _counted(ctx, with_refused=False)
    _kept[ctx.db] = _Kept(time.monotonic() + KEPT_SECONDS, links)
    return links


async def links_that_might_trend(ctx: Context) -> Sequence[TrendingLink]:
    """The same for moderators, counted now, with those that may not trend."""
    return await _counted(ctx, with_refused=True)


async def _counted(ctx: Context, *, with_refused: bool) -> Sequence[TrendingLink]:
    now = ctx.now()
    async with ctx.reading() as tx:
        return await list_trending_links(
            tx,
            after_id=first_id_at(now - WINDOW),
            week_after_id=first_id_at(now - WEEK),
            today=day_of(now),
            least=LEAST_PEOPLE,
            limit=MOST_KEPT,
            with_refused=with_refused,
        )


async def about_link(
    ctx: Context, *, viewer: Viewer | None, url: str, page: Page
) -> list[StatusLine]:
    """A page of public statuses that share a link; NotFound unless it trends."""
    card_id = next((link.card_id for link in await trending_links(ctx) if link.url == url), None)
    if card_id is None:
        raise NotFound
    async with ctx.reading() as tx:
        return await list_about_link(
            tx,
            viewer_id=viewer_id(viewer),
            card_id=card_id,
            page=page,
            languages=viewer.chosen_languages if viewer else None,
        )


def forget_trending_links() -> None:
    """Count anew at the next request (tests)."""
    _kept.clear()
