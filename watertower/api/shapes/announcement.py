"""Announcement, as JSON. Source: entities `announcement`, `reaction` of the Mastodon API 4.6."""

from collections.abc import Mapping
from typing import Any

from watertower.api.shapes.tag import tag_url
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.text.find import find_tags
from watertower.base.text.html_of import html_of
from watertower.base.text.tags import tag_name


def announcement_shape(ctx: Context, row: Mapping[str, Any]) -> dict[str, Any]:
    """An announcement with the reactions of everybody."""
    tags = list(dict.fromkeys(tag_name(tag) for tag in find_tags(row["text"])))
    return {
        "id": str(row["id"]),
        "content": html_of(
            row["text"], mentions={}, tag_url=lambda shown: tag_url(ctx, tag_name(shown))
        ),
        "starts_at": moment(row["starts_at"]),
        "ends_at": moment(row["ends_at"]),
        "all_day": row["is_all_day"],
        "published_at": moment(row["published_at"]),
        "updated_at": moment(row["updated_at"]),
        "read": row["is_read"],
        "mentions": [],
        "statuses": [],
        "tags": [{"name": name, "url": tag_url(ctx, name)} for name in tags],
        "emojis": [],
        "reactions": [_reaction(ctx, reaction) for reaction in row["reactions"]],
    }


def _reaction(ctx: Context, reaction: Mapping[str, Any]) -> dict[str, Any]:
    shape = {"name": reaction["name"], "count": reaction["count"], "me": reaction["me"]}
    if reaction["image_key"]:
        url = ctx.storage.url(reaction["image_key"])
        static = reaction["static_key"]
        shape |= {"url": url, "static_url": ctx.storage.url(static) if static else url}
    return shape
