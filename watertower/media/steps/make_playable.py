"""From a source to what browsers show: which conversion it needs, and what is told about it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from watertower.base.context import Context
from watertower.media.errors import CannotProcess, WrongFileType
from watertower.media.ffmpeg.convert import Converted, convert_audio, convert_video, take_frame
from watertower.media.ffmpeg.probe import Contents, Picture, probe
from watertower.media.model import Media, MediaKind
from watertower.media.picture_child import run_picture_task
from watertower.media.rules.sizes import size_meta
from watertower.media.rules.sniff import JPEG, FileType, sniff_file

ANIMATION_DEMUXERS = {"GIF": "gif", "PNG": "apng", "WEBP": "webp_anim"}
NICE = 10


@dataclass(frozen=True)
class CoverFile:
    """A small picture on disk."""

    path: Path
    content_type: str
    blurhash: str


@dataclass(frozen=True)
class Playable:
    """What processing made: a file, its cover if it has one of its own, and its meta."""

    kind: MediaKind
    path: Path
    content_type: str
    meta: dict[str, Any]
    cover: CoverFile | None


async def make_playable(ctx: Context, *, source: Path, folder: Path, media: Media) -> Playable:
    """Convert a source. Raises Invalid for what is the file's fault."""
    settings = ctx.settings.media
    kind = sniff_file(source)
    if kind is None:
        raise WrongFileType
    demuxer = _demuxer_of(kind)
    contents = await probe(source, demuxer=demuxer, folder=folder, settings=settings)
    picture = contents.picture
    if picture is None or (picture.is_cover and contents.sound):
        made = await convert_audio(
            source, demuxer=demuxer, contents=contents, folder=folder, settings=settings
        )
        after = await probe(made.path, demuxer=made.demuxer, folder=folder, settings=settings)
        cover = None
        if picture is not None and media.small_key is None:
            cover = await _cover_of_sound(ctx, source, demuxer, picture, folder)
        meta = audio_meta(after)
        return _playable(MediaKind.AUDIO, made, meta, cover, media)
    is_silent = kind.family == "image"
    made = await convert_video(
        source,
        demuxer=demuxer,
        contents=contents,
        folder=folder,
        settings=settings,
        is_silent=is_silent,
    )
    after = await probe(made.path, demuxer=made.demuxer, folder=folder, settings=settings)
    if after.picture is None:
        raise CannotProcess
    cover = None
    if media.small_key is None:
        cover = await _cover(ctx, made.path, made.demuxer, after.picture, folder)
    # A video without sound is shown like an animation, as apps of this API expect.
    shown = MediaKind.GIFV if is_silent or after.sound is None else MediaKind.VIDEO
    return _playable(shown, made, video_meta(after, after.picture), cover, media)


def _demuxer_of(kind: FileType) -> str:
    return ANIMATION_DEMUXERS[kind.decoder] if kind.family == "image" else kind.decoder


def _playable(
    kind: MediaKind,
    made: Converted,
    meta: dict[str, Any],
    cover: tuple[CoverFile, dict[str, Any]] | None,
    media: Media,
) -> Playable:
    """Put together; a cover that came with the upload keeps its place in `meta`."""
    if cover is None:
        told = {name: media.meta[name] for name in ("small", "colors") if name in media.meta}
    else:
        told = cover[1] if kind is MediaKind.AUDIO else {"small": cover[1]["small"]}
    return Playable(kind, made.path, made.content_type, meta | told, cover and cover[0])


async def _cover_of_sound(
    ctx: Context, source: Path, demuxer: str, picture: Picture, folder: Path
) -> tuple[CoverFile, dict[str, Any]] | None:
    """The picture inside a sound file; a damaged one is no reason to refuse the sound."""
    try:
        return await _cover(ctx, source, demuxer, picture, folder)
    except CannotProcess:
        return None


async def _cover(
    ctx: Context, source: Path, demuxer: str, picture: Picture, folder: Path
) -> tuple[CoverFile, dict[str, Any]]:
    settings = ctx.settings.media
    frame = await take_frame(
        source, demuxer=demuxer, picture=picture, folder=folder, settings=settings
    )
    outcome = await run_picture_task(
        "thumbnail", source=frame, kind=JPEG, folder=folder, settings=settings, niceness=NICE
    )
    small = outcome["small"]
    cover = CoverFile(folder / small["name"], small["content_type"], outcome["blurhash"])
    meta = {"small": size_meta(small["width"], small["height"]), "colors": outcome["colors"]}
    return cover, meta


def video_meta(contents: Contents, picture: Picture) -> dict[str, Any]:
    """A video as `meta` shows it."""
    rate = picture.frames_per_second
    return {
        "original": {
            **size_meta(picture.width, picture.height),
            "frame_rate": f"{rate:g}/1" if rate == int(rate) else f"{round(rate * 1001)}/1001",
            "duration": contents.duration_seconds,
            "bitrate": contents.bits_per_second,
        }
    }


def audio_meta(contents: Contents) -> dict[str, Any]:
    """A sound as `meta` shows it."""
    return {
        "original": {
            "duration": contents.duration_seconds,
            "bitrate": contents.bits_per_second,
        }
    }
