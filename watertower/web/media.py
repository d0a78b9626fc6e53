"""Files under /media/, for servers that serve them themselves, and the proxy of remote files.

What strangers uploaded is served so that no browser takes it for a page of ours: the type is
the one we wrote it as, it may not be guessed otherwise, and a policy forbids it everything.
"""

import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from hmac import compare_digest

from watertower.accounts.access.servers import require_host_wanted, require_media_wanted
from watertower.base.errors import NotFound
from watertower.base.http.rules import NAME
from watertower.base.web import Receive, Response, Scope, Send, redirect
from watertower.media.access.addresses import emoji_key, proxy_key
from watertower.media.access.served import is_served
from watertower.media.actions.fetch_emoji import fetch_emoji
from watertower.media.actions.fetch_remote import fetch_remote
from watertower.media.rules.keys import content_type_of
from watertower.web.request import WebRequest

FILE_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
    "accept-ranges": "bytes",
    "vary": "Range",
}
MAX_ADDRESS = 4096
RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


@dataclass
class FileResponse(Response):
    """An answer that is sent a piece at a time, never whole in memory."""

    pieces: AsyncIterator[bytes] | None = field(default=None)
    length: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it."""
        headers = [
            (b"content-length", str(self.length).encode()),
            (b"content-type", self.content_type.encode()),
            *((name.encode(), value.encode()) for name, value in self.headers.items()),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        if self.pieces is not None and scope["method"] != "HEAD":
            async with aclosing(self.pieces) as pieces:  # type: ignore[type-var]
                async for piece in pieces:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def get_media_file(request: WebRequest) -> Response:
    """A stored file, whole or a range of it (RFC 9110, section 14)."""
    key = request.path_params["key"]
    if not await is_served(request.ctx, key=key):
        raise NotFound
    etag = f'"{key.rsplit("/", 2)[-2][-16:]}"'
    size = await request.ctx.storage.size(key)
    if size is None:
        raise NotFound
    headers = FILE_HEADERS | {"etag": etag}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status=304, content_type="", headers=headers)
    asked = request.headers.get("range", "")
    if request.headers.get("if-range", etag) != etag:
        asked = ""
    part = wanted_range(asked, size)
    if part is None:
        return Response(
            status=416, content_type="", headers=headers | {"content-range": f"bytes */{size}"}
        )
    start, end, is_part = part
    if is_part:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    pieces = None
    if end > start and request.method != "HEAD":
        pieces = request.ctx.storage.read(key, start=start, end=end)
    return FileResponse(
        status=206 if is_part else 200,
        content_type=content_type_of(key),
        headers=headers,
        pieces=pieces,
        length=end - start,
    )


def wanted_range(header: str, size: int) -> tuple[int, int, bool] | None:
    """First byte, the one after the last, and whether it counts as a part.

    None where there is nothing of what is asked. Several ranges, and what is no range at all,
    are answered with the whole file.
    """
    found = RANGE.fullmatch(header.strip())
    first, last = found.groups() if found else ("", "")
    if not (first or last) or (first and last and int(last) < int(first)):
        return 0, size, False
    if not first:
        length = min(int(last), size)
        return (size - length, size, True) if length else None
    if int(first) >= size:
        return None
    return int(first), min(int(last) + 1, size) if last else size, True


def require_no_server(request: WebRequest) -> None:
    """Raise NotFound where a server asks, this one or another of our kind.

    A proxy is for people; servers that were told its address would fetch through one another,
    in a ring that some third server made.
    """
    if request.headers.get("user-agent", "").startswith(f"{NAME}/"):
        raise NotFound


async def get_proxied_media(request: WebRequest) -> Response:
    """Fetch a remote file once, keep it, and lead to our copy."""
    require_no_server(request)
    given, part = request.path_params["id"], request.path_params["part"]
    if not (given.isascii() and given.isdigit() and len(given) <= 19):
        raise NotFound
    if part not in {"original", "small"}:
        raise NotFound
    media_id = int(given)
    key = request.text("key", 100)
    if not compare_digest(key.encode(), proxy_key(request.ctx, media_id=media_id).encode()):
        raise NotFound
    await require_media_wanted(request.ctx, media_id=media_id)
    return _to_copy(request, await fetch_remote(request.ctx, media_id=media_id, part=part))


async def get_proxied_emoji(request: WebRequest) -> Response:
    """The same for an emoji of another server, named by its address."""
    require_no_server(request)
    part, url = request.path_params["part"], request.text("url", MAX_ADDRESS)
    if part not in {"original", "static"}:
        raise NotFound
    if not compare_digest(
        request.text("key", 100).encode(), emoji_key(request.ctx, url=url).encode()
    ):
        raise NotFound
    await require_host_wanted(request.ctx, url=url)
    return _to_copy(request, await fetch_emoji(request.ctx, url=url, is_still=part == "static"))


def _to_copy(request: WebRequest, stored: str) -> Response:
    answer = redirect(request.ctx.storage.url(stored))
    answer.headers["cache-control"] = "public, max-age=3600"
    answer.headers["access-control-allow-origin"] = "*"
    return answer
