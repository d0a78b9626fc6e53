"""A picture, video or sound as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from watertower.base.context import Context
from watertower.media.access.addresses import addresses_of


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
    url, preview = addresses_of(ctx, media)
    if url is None:
        return None
    sizes = (media["meta"] or {}).get("small") or (media["meta"] or {}).get("original") or {}
    return MediaView(
        kind=media["kind"],
        url=url,
        preview=preview or "",
        description=media["description"] or "",
        width=sizes.get("width"),
        height=sizes.get("height"),
        content_type=media["content_type"],
    )
