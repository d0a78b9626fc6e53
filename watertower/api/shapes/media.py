"""MediaAttachment, as JSON."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from watertower.base.context import Context
from watertower.media.access.addresses import addresses_of
from watertower.media.model import Media


def media_shape(ctx: Context, media: Mapping[str, Any]) -> dict[str, Any]:
    """One attachment; `media` is a row of media_attachments. Its url is null while it is processed."""
    url, preview = addresses_of(ctx, media)
    return {
        "id": str(media["id"]),
        "type": media["kind"],
        "url": url,
        "preview_url": preview,
        "remote_url": media["remote_url"],
        "preview_remote_url": media["remote_preview_url"],
        "text_url": None,
        "meta": media["meta"],
        "description": media["description"],
        "blurhash": media["blurhash"],
    }


def own_media_shape(ctx: Context, media: Media) -> dict[str, Any]:
    """One attachment, for the member who uploaded it."""
    return media_shape(ctx, asdict(media))
