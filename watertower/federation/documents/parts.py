"""Parts that actors and notes share: pictures, custom emoji, hashtags."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from watertower.base.context import Context

_TYPES = {
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}


def image(ctx: Context, key: str | None, description: str) -> dict[str, Any] | None:
    """A picture of a profile, or None where there is none."""
    if not key:
        return None
    kind = _TYPES.get(key.rpartition(".")[2].lower(), "image/jpeg")
    shown: dict[str, Any] = {"type": "Image", "mediaType": kind, "url": ctx.storage.url(key)}
    return shown | ({"summary": description} if description else {})


def emoji_tags(ctx: Context, emojis: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Custom emoji that a text uses."""
    found = []
    for emoji in emojis:
        code = emoji["shortcode"]
        url = ctx.storage.url(emoji["key"]) if emoji.get("key") else emoji.get("url", "")
        kind = _TYPES.get(url.rpartition(".")[2].lower(), "image/png")
        found.append(
            {
                "id": f"{ctx.settings.base_url}/emojis/{quote(code)}",
                "type": "Emoji",
                "name": f":{code}:",
                "icon": {"type": "Image", "mediaType": kind, "url": url},
            }
        )
    return found


def tag_url(ctx: Context, name: str) -> str:
    """The page of a hashtag."""
    return f"{ctx.settings.base_url}/tags/{quote(name)}"


def hashtag(ctx: Context, name: str) -> dict[str, str]:
    """A hashtag as others know it."""
    return {"type": "Hashtag", "href": tag_url(ctx, name), "name": f"#{name}"}
