"""What a member does with hashtags: follow, and show on the profile."""

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.text.find import find_tags
from watertower.base.text.tags import tag_name
from watertower.feeds.access.tags import day_of
from watertower.feeds.errors import TagNotFound
from watertower.feeds.queries.tags import (
    delete_featured_tag,
    delete_tag_follow,
    find_tag,
    find_tag_by_id,
    insert_featured_tag,
    insert_tag_follow,
)
from watertower.statuses.queries.tags import ensure_tag

MOST_FEATURED = 10


async def follow_tag(ctx: Context, *, account_id: int, shown_name: str) -> str:
    """Follow a tag, used already or not; its normalised name. TagNotFound if it is none."""
    name = require_tag(shown_name)
    async with ctx.transaction() as tx:
        tag_id = await ensure_tag(tx, name=name, shown_name=shown_name)
        await insert_tag_follow(tx, account_id=account_id, tag_id=tag_id)
    return name


async def unfollow_tag(ctx: Context, *, account_id: int, shown_name: str) -> str:
    """Follow a tag no longer; its normalised name."""
    name = require_tag(shown_name)
    async with ctx.transaction() as tx:
        tag = await find_tag(tx, viewer_id=None, name=name, today=day_of(ctx.now()))
        if tag is not None:
            await delete_tag_follow(tx, account_id=account_id, tag_id=tag.id)
    return name


async def feature_tag(ctx: Context, *, account_id: int, shown_name: str) -> int:
    """Show a tag on the profile; its row."""
    try:
        name = require_tag(shown_name)
    except TagNotFound as error:
        raise Invalid("Validation failed: Tag is invalid") from error
    async with ctx.transaction() as tx:
        tag_id = await ensure_tag(tx, name=name, shown_name=shown_name)
        made = await insert_featured_tag(
            tx, account_id=account_id, tag_id=tag_id, most=MOST_FEATURED
        )
    if made is None:
        raise Invalid("Validation failed: You have already featured the maximum number of hashtags")
    return made


async def unfeature(ctx: Context, *, account_id: int, featured_id: int) -> None:
    """Show a tag no longer; TagNotFound if the member does not show it."""
    async with ctx.transaction() as tx:
        if not await delete_featured_tag(tx, account_id=account_id, featured_id=featured_id):
            raise TagNotFound


async def feature_tag_named(
    ctx: Context, *, account_id: int, name_or_id: str, is_featured: bool
) -> str:
    """Show a tag, given by id or name, on the profile or no longer; its normalised name."""
    name = tag_name(name_or_id)
    async with ctx.transaction() as tx:
        today = day_of(ctx.now())
        tag = await find_tag(tx, viewer_id=account_id, name=name, today=today)
        if tag is None and name_or_id.isascii() and name_or_id.isdigit() and len(name_or_id) < 19:
            tag = await find_tag_by_id(
                tx, viewer_id=account_id, tag_id=int(name_or_id), today=today
            )
        if not is_featured:
            if tag is not None:
                await delete_featured_tag(tx, account_id=account_id, tag_id=tag.id)
            return tag.name if tag else require_tag(name_or_id)
    await feature_tag(ctx, account_id=account_id, shown_name=tag.shown_name if tag else name_or_id)
    return tag.name if tag else name


def require_tag(shown_name: str) -> str:
    """The normalised name; TagNotFound if this can be no hashtag."""
    shown_name = shown_name.removeprefix("#")
    if find_tags(f"#{shown_name}") != [shown_name]:
        raise TagNotFound
    return tag_name(shown_name)
