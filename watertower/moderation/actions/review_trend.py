"""Review what trends: a post, a link, or all links of a site."""

from typing import Any

from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.base.errors import NotFound
from watertower.base.json import from_json
from watertower.feeds.access.links import forget_trending_links
from watertower.feeds.access.trends import forget_trends
from watertower.moderation.steps.log import log
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.queries.publishers import update_publisher
from watertower.statuses.queries.trendable import (
    find_card_json,
    update_card_trendable,
    update_status_trendable,
)


async def review_status(ctx: Context, *, actor_id: int, status_id: int, may_trend: bool) -> None:
    """Decide about a post. Raises StatusNotFound."""
    async with ctx.transaction() as tx:
        if not await update_status_trendable(tx, status_id=status_id, is_trendable=may_trend):
            raise StatusNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="let trend" if may_trend else "keep from trends",
            subject=("status", status_id),
        )
    forget_trends()


async def review_link(
    ctx: Context, *, actor_id: int, card_id: int, may_trend: bool
) -> dict[str, Any]:
    """Decide about a link; its card. Raises NotFound."""
    async with ctx.transaction() as tx:
        if not await update_card_trendable(tx, card_id=card_id, is_trendable=may_trend):
            raise NotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="let trend" if may_trend else "keep from trends",
            subject=("link", card_id),
        )
        packed = await find_card_json(tx, card_id=card_id)
    forget_trending_links()
    card: dict[str, Any] = from_json(packed or "{}")
    return card


async def review_publisher(
    ctx: Context, *, actor_id: int, publisher_id: int, may_trend: bool
) -> Row:
    """Decide about all links of a site. Raises NotFound."""
    async with ctx.transaction() as tx:
        row = await update_publisher(
            tx, publisher_id=publisher_id, is_trendable=may_trend, at=ctx.now()
        )
        if row is None:
            raise NotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="let trend" if may_trend else "keep from trends",
            subject=("publisher", row["domain"]),
        )
    forget_trending_links()
    return row
