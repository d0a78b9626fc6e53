"""Tag and FeaturedTag, as JSON. Sources: entities `tag`, `featured_tag` of the API 4.6."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from watertower.accounts.model import Account
from watertower.api.shapes.times import day
from watertower.base.context import Context
from watertower.feeds.model import FeaturedTag, TagDay, TagLine


def tag_shape(ctx: Context, tag: TagLine, *, is_member: bool) -> dict[str, Any]:
    """A tag with its last seven days; what the viewer does with it, for members."""
    shape: dict[str, Any] = {
        "id": str(tag.id) if tag.id else "",
        "name": tag.shown_name,
        "url": tag_url(ctx, tag.name),
        "history": history_shape(tag.days),
    }
    if is_member:
        shape |= {"following": tag.is_followed, "featuring": tag.is_featured}
    return shape


def history_shape(days: Sequence[TagDay]) -> list[dict[str, str]]:
    """How often something was used on each day, and by how many."""
    return [
        {
            "day": str(int(datetime.combine(d.day, datetime.min.time(), UTC).timestamp())),
            "accounts": str(d.accounts),
            "uses": str(d.uses),
        }
        for d in days
    ]


def featured_tag_shape(tag: FeaturedTag, owner: Account) -> dict[str, Any]:
    """A tag on a profile."""
    return {
        "id": str(tag.id),
        "name": tag.shown_name,
        "url": f"{owner.url}/tagged/{quote(tag.name)}",
        "statuses_count": str(tag.statuses_count),
        "last_status_at": day(tag.last_status_at),
    }


def tag_url(ctx: Context, name: str) -> str:
    """The page of a tag."""
    return f"{ctx.settings.base_url}/tags/{quote(name)}"
