"""Asks a child process to decode a picture and write it anew. The parent never decodes."""

import json
import sys
from pathlib import Path
from typing import Any

import structlog

from watertower.base.settings import MediaSettings
from watertower.media.errors import CannotProcess, FileTooLarge
from watertower.media.rules.sniff import FileType
from watertower.media.sandbox import Limits, run_limited

log = structlog.get_logger()
MEMORY_BYTES = 1_610_612_736
WALL_SECONDS = 30.0
# A large picture is some 120 MB in 4 kB pages, each of which costs a fault: a third of all the
# time. Huge pages, and memory that is kept instead of given back in between, save most of it.
MEMORY_HABITS = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864:"
    "glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=1073741824"
}


async def run_picture_task(
    task: str,
    *,
    source: Path,
    kind: FileType,
    folder: Path,
    settings: MediaSettings,
    niceness: int = 0,
    **more: Any,
) -> dict[str, Any]:
    """The outcome of a task of media/child/tasks.py; files it names are in `folder`.

    FileTooLarge for too many pixels, CannotProcess for everything else that is the file's fault.
    """
    asked = {
        "task": task,
        "source": str(source),
        "decoder": kind.decoder,
        "content_type": kind.content_type,
        "limit_pixels": settings.image_limit_pixels,
        "folder": str(folder),
        **more,
    }
    ended = await run_limited(
        [sys.executable, "-I", "-m", "watertower.media.child"],
        limits=Limits(WALL_SECONDS, 25, MEMORY_BYTES, 64 * 1024 * 1024, niceness),
        folder=folder,
        given=json.dumps(asked).encode(),
        environment=MEMORY_HABITS,
    )
    if not ended.is_ok:
        log.warning(
            "picture child failed",
            task=task,
            status=ended.status,
            says=ended.complained[-2000:].decode("utf-8", "replace"),
        )
        raise CannotProcess
    outcome: dict[str, Any] = json.loads(ended.printed)
    if outcome.get("refused") == "pixels":
        most = settings.image_limit_pixels // 1_000_000
        raise FileTooLarge(f"Validation failed: File must have less than {most} megapixels")
    if "refused" in outcome:
        raise CannotProcess
    return outcome
