"""Fetch: another server's file is looked at for the first time, and kept.

The copy is written anew where it is a picture, and otherwise stored as what its bytes are.
However many look at once, it is fetched once; what failed is not tried again for a while.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from watertower.base.context import Context
from watertower.base.errors import Invalid, Unreachable
from watertower.base.events import record
from watertower.media.errors import MediaNotFound, WrongFileType
from watertower.media.events import MediaProcessed
from watertower.media.model import Finished, Media
from watertower.media.once import Once
from watertower.media.queries.media import find_media
from watertower.media.queries.remote import update_fetched, update_fetched_cover
from watertower.media.rules.sniff import sniff_file
from watertower.media.steps.cover import store_cover_file
from watertower.media.steps.download import download
from watertower.media.steps.store_remote import store_remote

Part = Literal["original", "small"]
_once = Once(at_once=4, wait_seconds=15.0, quiet_seconds=120.0)


async def fetch_remote(ctx: Context, *, media_id: int, part: str) -> str:
    """The key of our copy, fetched if need be.

    MediaNotFound if there is nothing to show, Unreachable if it cannot be fetched now.
    """
    wanted: Part = "small" if part == "small" else "original"
    async with ctx.reading() as tx:
        media = await find_media(tx, media_id=media_id)
    if media is None:
        raise MediaNotFound
    if stored := _stored(media, wanted):
        return stored
    if media.remote_url is None:
        raise MediaNotFound
    return await _once.do((media_id, wanted), lambda: _fetch(ctx, media, wanted))


def _stored(media: Media, part: Part) -> str | None:
    if part == "small":
        is_picture = media.kind == "image"
        return media.small_key or (media.original_key if is_picture else None)
    return media.original_key


async def _fetch(ctx: Context, media: Media, part: Part) -> str:
    with TemporaryDirectory(prefix="watertower-remote-") as name:
        folder = Path(name)
        try:
            if part == "small" and media.remote_preview_url and media.kind != "image":
                return await _fetch_cover(ctx, media, media.remote_preview_url, folder)
            return await _fetch_file(ctx, media, part, folder)
        except Invalid as error:
            raise Unreachable from error


async def _fetch_file(ctx: Context, media: Media, part: Part, folder: Path) -> str:
    path = folder / "remote"
    limit = ctx.settings.media.video_limit_bytes
    await download(ctx, media.remote_url or "", to=path, limit_bytes=limit)
    kind = sniff_file(path)
    if kind is None:
        raise WrongFileType
    finished = await store_remote(ctx, media=media, path=path, kind=kind, folder=folder)
    async with ctx.transaction() as tx:
        status_id = await update_fetched(tx, media_id=media.id, finished=finished, at=ctx.now())
        if status_id is not None:
            await record(tx, MediaProcessed(media_id=media.id, status_id=status_id or None))
    return await _kept(ctx, media.id, part, finished)


async def _fetch_cover(ctx: Context, media: Media, url: str, folder: Path) -> str:
    path = folder / "remote"
    await download(ctx, url, to=path, limit_bytes=ctx.settings.media.image_limit_bytes)
    cover = await store_cover_file(ctx, path)
    async with ctx.transaction() as tx:
        status_id = await update_fetched_cover(
            tx,
            media_id=media.id,
            small_key=cover.key,
            blurhash=cover.blurhash,
            meta={"small": cover.meta["small"]},
            at=ctx.now(),
        )
        if status_id is not None:
            await record(tx, MediaProcessed(media_id=media.id, status_id=status_id or None))
    return await _kept(ctx, media.id, "small", cover.key)


async def _kept(ctx: Context, media_id: int, part: Part, made: Finished | str) -> str:
    """The copy that counts. If another process was first, or it is gone, ours is removed."""
    async with ctx.reading() as tx:
        media = await find_media(tx, media_id=media_id)
    keys = [made] if isinstance(made, str) else [made.original_key, made.small_key or ""]
    unused = [key for key in keys if key and (media is None or key not in media.keys)]
    if unused:
        await ctx.storage.delete(unused)
    stored = None if media is None else _stored(media, part)
    if stored is None:
        raise MediaNotFound
    return stored
