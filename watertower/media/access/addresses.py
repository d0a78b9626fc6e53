"""Where an attachment can be seen. Everything that shows one asks here."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from watertower.base.context import Context

PREVIEWED = frozenset({"image", "gifv", "video"})


def addresses_of(ctx: Context, media: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Addresses of the file and of its small picture; `media` is a row of media_attachments.

    Both are None until it is processed. Media of other servers that we hold no copy of is
    fetched through our proxy, so that members' addresses are never shown to other servers
    (FED-32).
    """
    remote = media["remote_url"]
    if remote is None and media["state"] != "done":
        return None, None
    url = preview = None
    if media["original_key"]:
        url = ctx.storage.url(media["original_key"])
    elif remote:
        url = proxy_address(ctx, media_id=media["id"], part="original")
    if media["small_key"]:
        preview = ctx.storage.url(media["small_key"])
    elif media["remote_preview_url"] or (url and not media["original_key"]):
        if media["kind"] in PREVIEWED or media["remote_preview_url"]:
            preview = proxy_address(ctx, media_id=media["id"], part="small")
    elif media["kind"] == "image":
        preview = url
    return url, preview


def proxy_address(ctx: Context, *, media_id: int, part: str) -> str:
    """The address that fetches a remote file once. Whoever does not know its key cannot ask.

    Ids can be counted through; without the key, files of posts that are not public could be
    found by trying.
    """
    key = proxy_key(ctx, media_id=media_id)
    return f"{ctx.settings.base_url}/media_proxy/{media_id}/{part}?key={key}"


def proxy_key(ctx: Context, *, media_id: int) -> str:
    """What proves that an address of the proxy was given out by us."""
    named = f"media proxy {media_id}".encode()
    return hmac.new(ctx.secrets.key.encode(), named, hashlib.sha256).hexdigest()[:24]


def emoji_addresses(ctx: Context, emoji: Mapping[str, Any]) -> tuple[str, str]:
    """Addresses of an emoji and of its still version, as kept with a status or account."""
    if key := emoji.get("key"):
        return ctx.storage.url(key), ctx.storage.url(emoji.get("static_key") or key)
    if not (remote := emoji.get("url")):
        return "", ""
    query = urlencode({"url": remote, "key": emoji_key(ctx, url=remote)})
    proxy = f"{ctx.settings.base_url}/emoji_proxy"
    return f"{proxy}/original?{query}", f"{proxy}/static?{query}"


def emoji_key(ctx: Context, *, url: str) -> str:
    """What proves that an address of the emoji proxy was given out by us."""
    named = f"emoji proxy {url}".encode()
    return hmac.new(ctx.secrets.key.encode(), named, hashlib.sha256).hexdigest()[:24]
