"""Makes of an upload what browsers play. Runs in a worker, off the path of any request."""

import hashlib
import hmac
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.events import record
from watertower.base.queue.job import Lane, job
from watertower.media.events import MediaProcessed
from watertower.media.jobs.delete_files import delete_files
from watertower.media.model import Finished, Media, MediaState
from watertower.media.queries.media import (
    delete_source,
    find_media,
    update_processed,
    update_state,
)
from watertower.media.rules.keys import key_of
from watertower.media.steps.make_playable import Playable, make_playable

log = structlog.get_logger()


@job(Lane.MEDIA, attempts=6)
async def process_upload(ctx: Context, *, media_id: int) -> None:
    """Process one upload. Run again after a crash, it begins anew and writes the same keys."""
    async with ctx.transaction() as tx:
        media = await find_media(tx, media_id=media_id)
        if media is None or media.source_key is None:
            return
        await update_state(tx, media_id=media_id, state=MediaState.PROCESSING, at=ctx.now())
    try:
        with TemporaryDirectory(prefix="watertower-media-") as name:
            folder = Path(name)
            source = folder / "source"
            await ctx.storage.download(media.source_key, source)
            playable = await make_playable(ctx, source=source, folder=folder, media=media)
            finished = await _store(ctx, media, playable)
    except Invalid as refused:
        log.info("upload cannot be processed", media_id=media_id, says=refused.says)
        await _fail(ctx, media)
        return
    async with ctx.transaction() as tx:
        status_id = await update_processed(tx, media_id=media_id, finished=finished, at=ctx.now())
        keys = [media.source_key]
        if status_id is None:
            keys += [finished.original_key, *([finished.small_key] if finished.small_key else [])]
        else:
            await record(tx, MediaProcessed(media_id=media_id, status_id=status_id or None))
        tx.enqueue(delete_files.queued(keys=keys))


async def _store(ctx: Context, media: Media, playable: Playable) -> Finished:
    """Put what was made into the store, under keys that depend on the attachment only."""
    token = hmac.new(
        ctx.secrets.key.encode(), f"attachment {media.id}".encode(), hashlib.sha256
    ).hexdigest()[:32]
    original_key = key_of("attachments", token, "original", playable.content_type)
    await ctx.storage.put(original_key, playable.path, content_type=playable.content_type)
    small_key = media.small_key
    if playable.cover is not None:
        small_key = key_of("attachments", token, "small", playable.cover.content_type)
        await ctx.storage.put(
            small_key, playable.cover.path, content_type=playable.cover.content_type
        )
    return Finished(
        kind=playable.kind,
        original_key=original_key,
        small_key=small_key,
        content_type=playable.content_type,
        file_bytes=playable.path.stat().st_size,
        meta=playable.meta,
        blurhash=playable.cover.blurhash if playable.cover else media.blurhash,
    )


async def _fail(ctx: Context, media: Media) -> None:
    """Say so, and forget the source; the row stays until its owner or the sweep removes it."""
    async with ctx.transaction() as tx:
        await update_state(tx, media_id=media.id, state=MediaState.FAILED, at=ctx.now())
        await delete_source(tx, media_id=media.id)
        if media.source_key:
            tx.enqueue(delete_files.queued(keys=[media.source_key]))
