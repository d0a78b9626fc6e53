"""Hashtags as moderators see them. The gate has checked that the caller may."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.feeds.access.tags import day_of
from watertower.feeds.access.trends import LEAST_PEOPLE
from watertower.feeds.errors import TagNotFound
from watertower.moderation.model.tags import ReviewedTag
from watertower.moderation.queries.reviewed_tags import (
    find_reviewed_tag,
    list_newest_tags,
    list_trending_for_review,
)


async def newest_tags(ctx: Context, *, viewer_id: int, page: Page) -> list[ReviewedTag]:
    """A page of all tags, newest first."""
    async with ctx.reading() as tx:
        return await list_newest_tags(tx, viewer_id=viewer_id, page=page, today=day_of(ctx.now()))


async def reviewed_tag_for(ctx: Context, *, viewer_id: int, tag_id: int) -> ReviewedTag:
    """One tag; TagNotFound if there is none."""
    async with ctx.reading() as tx:
        found = await find_reviewed_tag(
            tx, viewer_id=viewer_id, tag_id=tag_id, today=day_of(ctx.now())
        )
    if found is None:
        raise TagNotFound
    return found


async def tags_that_might_trend(
    ctx: Context, *, viewer_id: int, limit: int, offset: int
) -> list[ReviewedTag]:
    """Tags that several people used since yesterday, those that may not trend included."""
    today = day_of(ctx.now())
    async with ctx.reading() as tx:
        return await list_trending_for_review(
            tx,
            viewer_id=viewer_id,
            today=today,
            day=today - timedelta(days=1),
            people=LEAST_PEOPLE,
            limit=limit,
            offset=offset,
        )
