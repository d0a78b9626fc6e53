"""Upload: a member sends a file that a status may show later.

A picture is decoded at once, in a child process, and can be attached as soon as the answer is
there. An animation, video or sound is stored as it came, and a job makes of it what browsers
play; until then it has no url.

The row is written before any file, so that a file whose upload was cut short, however hard, is
found and removed by the sweep of orphans.
"""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from watertower.base.context import Context
from watertower.base.params import Upload
from watertower.media.errors import FileTooLarge, WrongFileType
from watertower.media.jobs.process_upload import process_upload
from watertower.media.model import Finished, MediaKind, MediaState
from watertower.media.picture_child import run_picture_task
from watertower.media.queries.media import (
    insert_finished,
    insert_upload,
    update_processed,
    update_state,
)
from watertower.media.rules.description import require_description
from watertower.media.rules.keys import new_key, new_source_key
from watertower.media.rules.sizes import size_meta
from watertower.media.rules.sniff import FileType, is_animated, sniff_file
from watertower.media.steps.cover import store_cover

Focus = tuple[float, float]


async def upload(
    ctx: Context,
    *,
    account_id: int,
    file: Upload,
    thumbnail: Upload | None = None,
    description: str | None = None,
    focus: Focus | None = None,
) -> int:
    """Take a file; the attachment's id. Its state says whether it is `done` or still waits.

    `focus` is the point (x, y), each -1 to 1, that crops keep in view. `thumbnail` is the cover
    of a video or sound. Raises WrongFileType, FileTooLarge, CannotProcess, Invalid.
    """
    kind = checked_type(ctx, file)
    require_description(description)
    meta = {} if focus is None else {"focus": {"x": focus[0], "y": focus[1]}}
    if kind.family == "image" and not await asyncio.to_thread(is_animated, file.path, kind):
        return await _take_picture(
            ctx, account_id=account_id, file=file, kind=kind, description=description, meta=meta
        )
    return await _take_for_later(
        ctx,
        account_id=account_id,
        file=file,
        kind=kind,
        thumbnail=thumbnail,
        description=description,
        meta=meta,
    )


def checked_type(ctx: Context, file: Upload) -> FileType:
    """What the file is, if we take it: by its bytes, and within the limit of its family."""
    kind = sniff_file(file.path)
    if kind is None:
        raise WrongFileType
    settings = ctx.settings.media
    limit = settings.image_limit_bytes if kind.family == "image" else settings.video_limit_bytes
    if file.size > limit:
        shown = f"{limit / 1_048_576:g}"
        raise FileTooLarge(f"Validation failed: File file size must be less than {shown} MB")
    return kind


async def _take_picture(
    ctx: Context,
    *,
    account_id: int,
    file: Upload,
    kind: FileType,
    description: str | None,
    meta: dict[str, Any],
) -> int:
    """Decode first, so that a damaged file leaves nothing; then row, files, done."""
    with TemporaryDirectory(prefix="watertower-media-") as name:
        folder = Path(name)
        outcome = await run_picture_task(
            "attachment",
            source=file.path,
            kind=kind,
            folder=folder,
            settings=ctx.settings.media,
        )
        finished = _picture_of(outcome, meta=meta)
        async with ctx.transaction() as tx:
            media_id = await insert_finished(
                tx,
                account_id=account_id,
                finished=finished,
                description=description,
                at=ctx.now(),
            )
        await _store_outcome(ctx, folder, outcome, finished)
    async with ctx.transaction() as tx:
        await update_processed(tx, media_id=media_id, finished=finished, at=ctx.now())
    return media_id


def _picture_of(outcome: dict[str, Any], *, meta: dict[str, Any]) -> Finished:
    """What the child made of a picture, with keys for its files."""
    original, small = outcome["original"], outcome["small"]
    return Finished(
        kind=MediaKind.IMAGE,
        original_key=new_key("attachments", "original", original["content_type"]),
        small_key=new_key("attachments", "small", small["content_type"]),
        content_type=original["content_type"],
        file_bytes=original["bytes"],
        meta={
            **meta,
            "original": size_meta(original["width"], original["height"]),
            "small": size_meta(small["width"], small["height"]),
        },
        blurhash=outcome["blurhash"],
    )


async def _store_outcome(
    ctx: Context, folder: Path, outcome: dict[str, Any], finished: Finished
) -> None:
    """Put both files of a picture into the store."""
    for part, key in (("original", finished.original_key), ("small", finished.small_key)):
        output = outcome[part]
        if key is not None:
            await ctx.storage.put(key, folder / output["name"], content_type=output["content_type"])


async def _take_for_later(
    ctx: Context,
    *,
    account_id: int,
    file: Upload,
    kind: FileType,
    thumbnail: Upload | None,
    description: str | None,
    meta: dict[str, Any],
) -> int:
    """Row, file, then the job that works on it: once the id is given out, nothing can be lost."""
    cover = None if thumbnail is None else await store_cover(ctx, thumbnail)
    source_key = new_source_key()
    async with ctx.transaction() as tx:
        media_id = await insert_upload(
            tx,
            account_id=account_id,
            kind=MediaKind.GIFV if kind.family == "image" else MediaKind(kind.family),
            source_key=source_key,
            content_type=kind.content_type,
            file_bytes=file.size,
            description=description,
            meta=meta if cover is None else {**meta, **cover.meta},
            small_key=cover.key if cover else None,
            blurhash=cover.blurhash if cover else None,
            at=ctx.now(),
        )
    await ctx.storage.put(source_key, file.path, content_type="application/octet-stream")
    async with ctx.transaction() as tx:
        await update_state(tx, media_id=media_id, state=MediaState.QUEUED, at=ctx.now())
        tx.enqueue(process_upload.queued(media_id=media_id))
    return media_id
