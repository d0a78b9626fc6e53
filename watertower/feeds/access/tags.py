"""Hashtags as somebody sees them."""

from datetime import UTC, date, datetime

from watertower.accounts.model import Viewer, viewer_id
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.feeds.model import FeaturedTag, TagLine
from watertower.feeds.queries.tags import (
    days_of,
    find_tag,
    list_featured_tags,
    list_followed_tags,
    list_suggested_tags,
)


async def tag_for(ctx: Context, *, viewer: Viewer | None, name: str) -> TagLine:
    """The tag of this normalised name; one that nobody used yet is shown without a past."""
    today = day_of(ctx.now())
    async with ctx.reading() as tx:
        found = await find_tag(tx, viewer_id=viewer_id(viewer), name=name, today=today)
    return found or TagLine(0, name, name, False, False, days_of([], today), 0)


async def followed_tags_of(ctx: Context, *, account_id: int, page: Page) -> list[TagLine]:
    """A page of the tags that a member follows."""
    async with ctx.reading() as tx:
        return await list_followed_tags(
            tx, account_id=account_id, page=page, today=day_of(ctx.now())
        )


async def featured_tags_of(ctx: Context, *, account_id: int) -> list[FeaturedTag]:
    """The tags that an account shows on its profile."""
    async with ctx.reading() as tx:
        return await list_featured_tags(tx, account_id=account_id)


async def suggested_tags_for(ctx: Context, *, account_id: int) -> list[TagLine]:
    """Tags that a member may want to show on the profile."""
    async with ctx.reading() as tx:
        return await list_suggested_tags(tx, account_id=account_id, today=day_of(ctx.now()))


def day_of(moment: datetime) -> date:
    """The day, in UTC, under which uses of tags are counted."""
    return moment.astimezone(UTC).date()
