"""Stores a file that another server has, as far as it is what browsers show."""

import asyncio
from pathlib import Path
from typing import Any

from watertower.base.context import Context
from watertower.media.errors import FileTooLarge
from watertower.media.ffmpeg.convert import take_frame
from watertower.media.ffmpeg.probe import probe
from watertower.media.model import Finished, Media, MediaKind
from watertower.media.picture_child import run_picture_task
from watertower.media.rules.keys import new_key
from watertower.media.rules.sizes import size_meta
from watertower.media.rules.sniff import FileType, is_animated
from watertower.media.steps.cover import store_cover_file
from watertower.media.steps.make_playable import audio_meta, make_playable, video_meta
from watertower.media.steps.picture import store_output


async def store_remote(
    ctx: Context, *, media: Media, path: Path, kind: FileType, folder: Path
) -> Finished:
    """Store it and its small picture. Raises Invalid for what is the file's fault."""
    if kind.family != "image":
        return await _store_film_or_sound(ctx, media, path, kind, folder)
    if path.stat().st_size > ctx.settings.media.image_limit_bytes:  # noqa: ASYNC240  # one stat
        raise FileTooLarge
    if await asyncio.to_thread(is_animated, path, kind):
        return await _store_animation(ctx, media, path, folder)
    outcome = await run_picture_task(
        "attachment", source=path, kind=kind, folder=folder, settings=ctx.settings.media
    )
    original, small = outcome["original"], outcome["small"]
    return Finished(
        kind=MediaKind.IMAGE,
        original_key=await store_output(ctx, folder, original, "attachments"),
        small_key=await store_output(ctx, folder, small, "attachments"),
        content_type=original["content_type"],
        file_bytes=original["bytes"],
        meta={
            "original": size_meta(original["width"], original["height"]),
            "small": size_meta(small["width"], small["height"]),
        },
        blurhash=outcome["blurhash"],
    )


async def _store_animation(ctx: Context, media: Media, path: Path, folder: Path) -> Finished:
    """An animation becomes a silent video, as ours do."""
    made = await make_playable(ctx, source=path, folder=folder, media=media)
    key = new_key("attachments", "original", made.content_type)
    await ctx.storage.put(key, made.path, content_type=made.content_type)
    small_key = None
    if made.cover is not None:
        small_key = new_key("attachments", "small", made.cover.content_type)
        await ctx.storage.put(small_key, made.cover.path, content_type=made.cover.content_type)
    return Finished(
        kind=made.kind,
        original_key=key,
        small_key=small_key,
        content_type=made.content_type,
        file_bytes=made.path.stat().st_size,
        meta=made.meta,
        blurhash=made.cover.blurhash if made.cover else None,
    )


async def _store_film_or_sound(
    ctx: Context, media: Media, path: Path, kind: FileType, folder: Path
) -> Finished:
    """Kept as it came: its own server has made it fit for browsers."""
    settings = ctx.settings.media
    contents = await probe(path, demuxer=kind.decoder, folder=folder, settings=settings)
    picture = contents.picture
    is_sound = picture is None or (picture.is_cover and contents.sound is not None)
    meta: dict[str, Any]
    small_key = blurhash = None
    if is_sound or picture is None:
        shown, meta = MediaKind.AUDIO, audio_meta(contents)
    else:
        shown = MediaKind.GIFV if media.kind is MediaKind.GIFV else MediaKind.VIDEO
        meta = video_meta(contents, picture)
        if media.small_key is None and media.remote_preview_url is None:
            frame = await take_frame(
                path, demuxer=kind.decoder, picture=picture, folder=folder, settings=settings
            )
            cover = await store_cover_file(ctx, frame)
            small_key, blurhash = cover.key, cover.blurhash
            meta = meta | {"small": cover.meta["small"]}
    key = new_key("attachments", "original", kind.content_type)
    await ctx.storage.put(key, path, content_type=kind.content_type)
    return Finished(
        kind=shown,
        original_key=key,
        small_key=small_key,
        content_type=kind.content_type,
        file_bytes=path.stat().st_size,  # noqa: ASYNC240  # one stat
        meta=meta,
        blurhash=blurhash,
    )
