"""Fetch emoji: another server's emoji is looked at for the first time, and kept."""

from pathlib import Path
from tempfile import TemporaryDirectory

from watertower.base.context import Context
from watertower.base.errors import Invalid, Unreachable
from watertower.media.errors import MediaNotFound
from watertower.media.once import Once
from watertower.media.queries.emojis import find_remote_copy, update_remote_copy
from watertower.media.steps.download import download
from watertower.media.steps.store_emoji import EMOJI_BYTES, store_emoji

_once = Once(at_once=4, wait_seconds=15.0, quiet_seconds=600.0)


async def fetch_emoji(ctx: Context, *, url: str, is_still: bool) -> str:
    """The key of our copy. MediaNotFound for an unknown address, Unreachable if it fails now."""
    stored = await _copy_of(ctx, url)
    if stored is None:
        await _once.do(url, lambda: _fetch(ctx, url))
        stored = await _copy_of(ctx, url)
    if stored is None:
        raise MediaNotFound
    return stored[1] if is_still else stored[0]


async def _copy_of(ctx: Context, url: str) -> tuple[str, str] | None:
    async with ctx.reading() as tx:
        found = await find_remote_copy(tx, url=url)
    if found is None:
        raise MediaNotFound
    key, static_key = found
    return None if key is None else (key, static_key or key)


async def _fetch(ctx: Context, url: str) -> str:
    with TemporaryDirectory(prefix="watertower-emoji-") as folder:
        path = Path(folder) / "remote"
        await download(ctx, url, to=path, limit_bytes=EMOJI_BYTES)
        try:
            key, static_key = await store_emoji(ctx, path, size=path.stat().st_size)
        except Invalid as error:
            raise Unreachable from error
    async with ctx.transaction() as tx:
        is_kept = await update_remote_copy(tx, url=url, image_key=key, static_key=static_key)
    if not is_kept:
        await ctx.storage.delete([key, static_key])
    return key
