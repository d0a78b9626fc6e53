"""Fetch: another server's file is looked at for the first time, and kept.

The copy is written anew where it is a picture, and otherwise stored as what its bytes are.
However many look at once, it is fetched once; what failed is not tried again for a while.
"""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.parse import urlsplit

from watertower.base.context import Context
from watertower.base.errors import Invalid, Unreachable
from watertower.base.events import record
from watertower.media.errors import MediaNotFound, WrongFileType
from watertower.media.events import MediaProcessed
from watertower.media.model import Finished, Media
from watertower.media.queries.media import find_media
from watertower.media.queries.remote import update_fetched, update_fetched_cover
from watertower.media.rules.sniff import sniff_file
from watertower.media.steps.cover import store_cover_file
from watertower.media.steps.store_remote import store_remote

Part = Literal["original", "small"]
AT_ONCE = 4  # downloads of one process
FETCH_SECONDS = 120.0
WAIT_SECONDS = 15.0  # of one request; the download goes on without it
QUIET_SECONDS = 120.0
MOST_REMEMBERED = 10_000


class Fetching:
    """Downloads under way in this process, and those that failed lately."""

    def __init__(self) -> None:
        self.tasks: dict[tuple[int, Part], asyncio.Task[str]] = {}
        self.failed: dict[tuple[int, Part], float] = {}
        self.room = asyncio.Semaphore(AT_ONCE)


_fetching = Fetching()


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
    name = (media_id, wanted)
    if _fetching.failed.get(name, 0.0) > time.monotonic():
        raise Unreachable
    task = _fetching.tasks.get(name)
    if task is None:
        task = _fetching.tasks[name] = asyncio.create_task(_fetch(ctx, media, wanted))
        task.add_done_callback(lambda done: _forget(name, done))
    try:
        return await asyncio.wait_for(asyncio.shield(task), WAIT_SECONDS)
    except TimeoutError as error:
        raise Unreachable from error


def _forget(name: tuple[int, Part], task: "asyncio.Task[str]") -> None:
    _fetching.tasks.pop(name, None)
    if task.cancelled() or task.exception() is not None:
        if len(_fetching.failed) >= MOST_REMEMBERED:
            _fetching.failed.clear()
        _fetching.failed[name] = time.monotonic() + QUIET_SECONDS


def _stored(media: Media, part: Part) -> str | None:
    if part == "small":
        is_picture = media.kind == "image"
        return media.small_key or (media.original_key if is_picture else None)
    return media.original_key


async def _fetch(ctx: Context, media: Media, part: Part) -> str:
    async with _fetching.room, asyncio.timeout(FETCH_SECONDS):
        with TemporaryDirectory(prefix="watertower-remote-") as name:
            folder = Path(name)
            try:
                if part == "small" and media.remote_preview_url and media.kind != "image":
                    return await _fetch_cover(ctx, media, media.remote_preview_url, folder)
                return await _fetch_file(ctx, media, part, folder)
            except Invalid as error:
                raise Unreachable from error


async def _download(ctx: Context, url: str, folder: Path) -> Path:
    ours = {ctx.settings.server.domain, ctx.settings.server.web_domain}
    if urlsplit(url).netloc in ours:
        raise MediaNotFound  # an address of our own would make us ask ourselves
    path = folder / "remote"
    answer = await ctx.http.download(
        url,
        limit_bytes=ctx.settings.media.video_limit_bytes,
        to=path,
        deadline_seconds=FETCH_SECONDS,
    )
    if answer.status in {404, 410}:
        raise MediaNotFound
    if not answer.is_ok:
        raise Unreachable
    return path


async def _fetch_file(ctx: Context, media: Media, part: Part, folder: Path) -> str:
    path = await _download(ctx, media.remote_url or "", folder)
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
    path = await _download(ctx, url, folder)
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
