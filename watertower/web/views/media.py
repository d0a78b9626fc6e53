"""A picture, video or sound as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from watertower.base.context import Context


@dataclass(frozen=True)
class MediaView:
    """One attachment."""

    kind: str  # image, gifv, video, audio, unknown
    url: str
    preview: str
    description: str
    width: int | None
    height: int | None
    content_type: str


def media_view(ctx: Context, media: Mapping[str, Any]) -> MediaView | None:
    """The attachment, `media` being a row of media_attachments; None while it is not ready."""
    proxy = f"/media_proxy/{media['id']}"
    original, small = media["original_key"], media["small_key"]
    remote = media["remote_url"]
    url = ctx.storage.url(original) if original else (f"{proxy}/original" if remote else None)
    if url is None:
        return None
    preview = ctx.storage.url(small) if small else (f"{proxy}/small" if remote else url)
    sizes = (media["meta"] or {}).get("small") or (media["meta"] or {}).get("original") or {}
    return MediaView(
        kind=media["kind"],
        url=url,
        preview=preview if small or media["kind"] == "image" else "",
        description=media["description"] or "",
        width=sizes.get("width"),
        height=sizes.get("height"),
        content_type=media["content_type"],
    )
