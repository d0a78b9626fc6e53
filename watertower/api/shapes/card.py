"""PreviewCard, as JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from watertower.api.shapes.times import moment
from watertower.base.context import Context


def card_shape(ctx: Context, card: Mapping[str, Any]) -> dict[str, Any] | None:
    """One card; `card` is a row of preview_cards. None until it was fetched."""
    if card["state"] != "fetched":
        return None
    published = card["published_at"]
    author = {"name": card["author_name"], "url": card["author_url"], "account": None}
    return {
        "url": card["url"],
        "title": card["title"],
        "description": card["description"],
        "language": card["language"],
        "type": card["kind"],
        "author_name": card["author_name"],
        "author_url": card["author_url"],
        "provider_name": card["provider_name"],
        "provider_url": card["provider_url"],
        "html": card["html"],
        "width": card["width"],
        "height": card["height"],
        "image": ctx.storage.url(card["image_key"]) if card["image_key"] else None,
        "image_description": card["image_description"],
        "embed_url": card["embed_url"],
        "blurhash": card["blurhash"],
        "published_at": moment(published and datetime.fromisoformat(published)),
        "authors": [author] if card["author_name"] else [],
        "missing_attribution": None,
    }
