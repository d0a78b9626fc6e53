"""Gets a file of another server onto our disk."""

from pathlib import Path
from urllib.parse import urlsplit

from watertower.base.context import Context
from watertower.base.errors import Unreachable
from watertower.media.errors import MediaNotFound

FETCH_SECONDS = 120.0


async def download(ctx: Context, url: str, *, to: Path, limit_bytes: int) -> None:
    """Fetch it whole. MediaNotFound if it is gone or our own, Unreachable for other trouble."""
    ours = {ctx.settings.server.domain, ctx.settings.server.web_domain}
    if urlsplit(url).netloc in ours:
        raise MediaNotFound  # an address of our own would make us ask ourselves
    answer = await ctx.http.download(
        url, limit_bytes=limit_bytes, to=to, deadline_seconds=FETCH_SECONDS
    )
    if answer.status in {404, 410}:
        raise MediaNotFound
    if not answer.is_ok:
        raise Unreachable
