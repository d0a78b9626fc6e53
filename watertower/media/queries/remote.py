"""SQL of attachments of other servers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.json import to_json
from watertower.media.model import Finished, Media, MediaKind
from watertower.media.queries.media import MEDIA_COLUMNS, media_of

LIST_REMOTE = f"""
    SELECT {MEDIA_COLUMNS} FROM media_attachments
    WHERE status_id = $1 AND remote_url IS NOT NULL
    ORDER BY id
    LIMIT 100
"""


async def list_remote(tx: Reading, *, status_id: int) -> list[Media]:
    """What a remote status shows, as far as we know."""
    return [media_of(row) for row in await tx.fetch_all(LIST_REMOTE, status_id)]


INSERT_REMOTE = """
    INSERT INTO media_attachments
        (account_id, status_id, kind, state, content_type, remote_url, remote_preview_url,
         description, blurhash, meta, created_at, updated_at)
    VALUES ($1, $2, $3, 'done', $4, $5, $6, $7, $8, $9, $10, $10)
    RETURNING id
"""


async def insert_remote(
    tx: Transaction,
    *,
    account_id: int,
    status_id: int,
    kind: MediaKind,
    content_type: str,
    url: str,
    preview_url: str | None,
    description: str | None,
    blurhash: str | None,
    meta: Mapping[str, Any],
    at: datetime,
) -> int:
    """A row for a file that we hold no copy of yet."""
    media_id: int = await tx.fetch_value(
        INSERT_REMOTE,
        account_id,
        status_id,
        kind,
        content_type,
        url,
        preview_url,
        description,
        blurhash,
        to_json(meta),
        at,
    )
    return media_id


UPDATE_REMOTE = """
    UPDATE media_attachments
    SET description = $2,
        meta = CASE WHEN $3::jsonb ? 'focus'
               THEN meta || jsonb_build_object('focus', $3::jsonb -> 'focus')
               ELSE meta - 'focus' END,
        updated_at = $4
    WHERE id = $1
"""


async def update_remote(
    tx: Transaction,
    *,
    media_id: int,
    description: str | None,
    meta: Mapping[str, Any],
    at: datetime,
) -> None:
    """What an edit changes about a file that stays: alt text and focal point."""
    await tx.execute(UPDATE_REMOTE, media_id, description, to_json(meta), at)


# Two processes may fetch the same file at once; the first to come here wins.
UPDATE_FETCHED = """
    UPDATE media_attachments
    SET kind = $2, original_key = $3, small_key = coalesce($4, small_key), content_type = $5,
        file_bytes = $6, meta = meta || $7::jsonb, blurhash = coalesce(blurhash, $8),
        updated_at = $9
    WHERE id = $1 AND original_key IS NULL
    RETURNING coalesce(status_id, 0)
"""


async def update_fetched(
    tx: Transaction, *, media_id: int, finished: Finished, at: datetime
) -> int | None:
    """Write down our copy. The status it is in (0: none); None if there is a copy already."""
    status_id: int | None = await tx.fetch_value(
        UPDATE_FETCHED,
        media_id,
        finished.kind,
        finished.original_key,
        finished.small_key,
        finished.content_type,
        finished.file_bytes,
        to_json(finished.meta),
        finished.blurhash,
        at,
    )
    return status_id


UPDATE_FETCHED_COVER = """
    UPDATE media_attachments
    SET small_key = $2, blurhash = coalesce(blurhash, $3), meta = meta || $4::jsonb,
        updated_at = $5
    WHERE id = $1 AND small_key IS NULL
    RETURNING coalesce(status_id, 0)
"""


async def update_fetched_cover(
    tx: Transaction,
    *,
    media_id: int,
    small_key: str,
    blurhash: str,
    meta: Mapping[str, Any],
    at: datetime,
) -> int | None:
    """Write down our copy of a cover. As `update_fetched`."""
    status_id: int | None = await tx.fetch_value(
        UPDATE_FETCHED_COVER, media_id, small_key, blurhash, to_json(meta), at
    )
    return status_id
