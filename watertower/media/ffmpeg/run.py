"""Finds FFmpeg and runs it on one file of a stranger's."""

import asyncio
import importlib.util
import os
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import structlog

from watertower.base.settings import MediaSettings
from watertower.media.errors import CannotProcess
from watertower.media.sandbox import Ended, Limits, run_limited

log = structlog.get_logger()
MEMORY_BYTES = 3 * 1024**3
THREADS = 2


class NoFfmpeg(Exception):  # noqa: N818  # a fault of the installation, never of a file
    """There is no FFmpeg on this machine."""


@cache
def find_ffmpeg() -> str:
    """The system's FFmpeg, else the binary that came with our packages."""
    if found := shutil.which("ffmpeg"):
        return found
    package = importlib.util.find_spec("imageio_ffmpeg")
    for place in (package.submodule_search_locations or []) if package else []:
        for binary in sorted(Path(place, "binaries").glob("ffmpeg-*")):
            if os.access(binary, os.X_OK):
                return str(binary)
    raise NoFfmpeg("ffmpeg was found neither on the PATH nor in the imageio-ffmpeg package")


def reading(source: Path, demuxer: str) -> list[str]:
    """Arguments that read this file as what it was found to be, and as nothing else.

    Playlists and references to other files are thereby never followed.
    """
    return ["-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", str(source)]


async def run_ffmpeg(
    arguments: Sequence[str], *, folder: Path, settings: MediaSettings, file_bytes: int
) -> Ended:
    """Run FFmpeg in `folder`; how it ended, whatever that is."""
    return await run_limited(
        [find_ffmpeg(), "-hide_banner", "-nostdin", "-y", *arguments],
        limits=Limits(
            wall_seconds=settings.process_seconds,
            cpu_seconds=settings.process_seconds * THREADS,
            memory_bytes=MEMORY_BYTES,
            file_bytes=file_bytes,
        ),
        folder=folder,
    )


async def write_with_ffmpeg(
    arguments: Sequence[str], output: Path, *, settings: MediaSettings, file_bytes: int
) -> None:
    """Have FFmpeg write `output`; CannotProcess if it did not."""
    ended = await run_ffmpeg(
        ["-loglevel", "error", *arguments, str(output)],
        folder=output.parent,
        settings=settings,
        file_bytes=file_bytes,
    )
    if not ended.is_ok or not await asyncio.to_thread(_has_content, output):
        log.warning(
            "ffmpeg failed",
            status=ended.status,
            says=ended.complained[-1000:].decode("utf-8", "replace"),
        )
        raise CannotProcess


def _has_content(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0
