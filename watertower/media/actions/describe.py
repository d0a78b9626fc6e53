"""Describe: a member says what a file shows, where its middle is, or gives it another cover."""

from watertower.base.context import Context
from watertower.base.events import record
from watertower.base.params import Upload
from watertower.media.actions.upload import Focus
from watertower.media.errors import MediaNotFound
from watertower.media.events import MediaProcessed
from watertower.media.jobs.delete_files import delete_files
from watertower.media.model import MediaKind
from watertower.media.queries.media import (
    find_own_media,
    update_cover,
    update_described,
)
from watertower.media.rules.description import require_description
from watertower.media.steps.cover import store_cover

COVERED = frozenset({MediaKind.AUDIO, MediaKind.VIDEO, MediaKind.GIFV})


async def describe(
    ctx: Context,
    *,
    account_id: int,
    media_id: int,
    has_description: bool = False,
    description: str | None = None,
    focus: Focus | None = None,
    thumbnail: Upload | None = None,
) -> None:
    """Change what was given; the rest stays. `has_description` with None takes the text away.

    Also while the file is processed, and for attachments of published posts. Raises
    MediaNotFound for those of others.
    """
    require_description(description)
    async with ctx.reading() as tx:
        media = await find_own_media(tx, account_id=account_id, media_id=media_id)
    if media is None:
        raise MediaNotFound
    cover = None
    if thumbnail is not None and media.kind in COVERED:
        cover = await store_cover(ctx, thumbnail)
    async with ctx.transaction() as tx:
        await update_described(
            tx,
            media_id=media_id,
            has_description=has_description,
            description=description,
            focus=focus,
            at=ctx.now(),
        )
        if cover is not None:
            await update_cover(
                tx,
                media_id=media_id,
                small_key=cover.key,
                blurhash=cover.blurhash,
                meta=cover.meta,
                at=ctx.now(),
            )
            if media.small_key:
                tx.enqueue(delete_files.queued(keys=[media.small_key]))
        if media.status_id is not None:
            await record(tx, MediaProcessed(media_id=media_id, status_id=media.status_id))
