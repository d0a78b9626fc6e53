"""CustomEmoji, as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from watertower.base.context import Context
from watertower.media.access.addresses import emoji_addresses


def emoji_shapes(ctx: Context, emojis: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Emojis as kept with a status or account: {"shortcode", "key"|"url", "static_key", …}."""
    return [emoji_shape(ctx, emoji) for emoji in emojis]


def emoji_shape(ctx: Context, emoji: Mapping[str, Any]) -> dict[str, Any]:
    """One emoji; our copy if we have one, else through our proxy (FED-32)."""
    url, static = emoji_addresses(ctx, emoji)
    shape: dict[str, Any] = {
        "shortcode": emoji["shortcode"],
        "url": url,
        "static_url": static,
        "visible_in_picker": emoji.get("visible", True),
        "featured": False,
    }
    # Apps show a heading for each category, so one without any has none to name.
    if category := emoji.get("category"):
        shape["category"] = category
    return shape
