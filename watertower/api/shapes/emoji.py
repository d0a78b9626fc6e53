"""CustomEmoji, as JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from watertower.base.context import Context


def emoji_shapes(ctx: Context, emojis: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Emojis as kept with a status or account: {"shortcode", "key"|"url", "static_key", …}."""
    return [emoji_shape(ctx, emoji) for emoji in emojis]


def emoji_shape(ctx: Context, emoji: Mapping[str, Any]) -> dict[str, Any]:
    """One emoji; our copy if we have one, else the address it came from."""
    url = ctx.storage.url(emoji["key"]) if emoji.get("key") else emoji.get("url") or ""
    static = ctx.storage.url(emoji["static_key"]) if emoji.get("static_key") else url
    return {
        "shortcode": emoji["shortcode"],
        "url": url,
        "static_url": static,
        "visible_in_picker": emoji.get("visible", True),
        "category": emoji.get("category"),
        "featured": False,
    }
