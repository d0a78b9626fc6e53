"""What trends, or would, as moderators see it. The gate has checked that the caller may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from watertower.accounts.model import Viewer
from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.base.paging import Page
from watertower.feeds.access.links import links_that_might_trend
from watertower.feeds.access.trends import statuses_that_might_trend
from watertower.feeds.model import TrendingLink
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.publishers import list_publishers
from watertower.statuses.queries.trendable import list_status_reviews


@dataclass(frozen=True)
class Reviewed:
    """Statuses, and what was decided about each."""

    lines: Sequence[StatusLine]
    decided: Mapping[int, bool | None]


async def reviewed_statuses(ctx: Context, *, viewer: Viewer, limit: int, offset: int) -> Reviewed:
    """Statuses that many like, those that may not trend included."""
    lines = await statuses_that_might_trend(ctx, viewer=viewer, limit=limit, offset=offset)
    async with ctx.reading() as tx:
        return Reviewed(
            lines, await list_status_reviews(tx, status_ids=[line.id for line in lines])
        )


async def reviewed_links(ctx: Context, *, limit: int, offset: int) -> Sequence[TrendingLink]:
    """Links that many share, those that may not trend included."""
    return (await links_that_might_trend(ctx))[offset : offset + limit]


async def publishers(ctx: Context, *, page: Page) -> list[Row]:
    """Sites that links lead to."""
    async with ctx.reading() as tx:
        return await list_publishers(tx, page=page)


def is_reviewed(card: Mapping[str, Any]) -> bool:
    """Whether somebody decided about a link."""
    return card.get("is_trendable") is not None
