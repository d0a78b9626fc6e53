"""MediaAttachment, as JSON."""

from collections.abc import Mapping
from typing import Any

from watertower.base.context import Context


def media_shape(ctx: Context, media: Mapping[str, Any]) -> dict[str, Any]:
    """One attachment; `media` is a row of media_attachments. Its url is null while it is processed.

    Media of other servers that we hold no copy of is served through our proxy, so that members'
    addresses are never shown to other servers (FED-32).
    """
    original, small = media["original_key"], media["small_key"]
    proxy = f"{ctx.settings.base_url}/media_proxy/{media['id']}"
    remote = media["remote_url"]
    url = ctx.storage.url(original) if original else (f"{proxy}/original" if remote else None)
    preview = ctx.storage.url(small) if small else (f"{proxy}/small" if remote else None)
    return {
        "id": str(media["id"]),
        "type": media["kind"],
        "url": url,
        "preview_url": preview or (url if media["kind"] == "image" else None),
        "remote_url": remote,
        "preview_remote_url": media["remote_preview_url"],
        "text_url": None,
        "meta": media["meta"],
        "description": media["description"],
        "blurhash": media["blurhash"],
    }
