"""SQL of attachments."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.media.model import Finished, Media, MediaKind, MediaState

_NAMES = tuple(f.name for f in fields(Media))
MEDIA_COLUMNS = ", ".join(_NAMES)


def media_of(row: Row) -> Media:
    """A row of MEDIA_COLUMNS as an attachment."""
    values = {name: row[name] for name in _NAMES}
    values["kind"] = MediaKind(row["kind"])
    values["state"] = MediaState(row["state"])
    values["meta"] = from_json(row["meta"])
    return Media(**values)


FIND_MEDIA = f"SELECT {MEDIA_COLUMNS} FROM media_attachments WHERE id = $1"


async def find_media(tx: Reading, *, media_id: int) -> Media | None:
    """The attachment, for the server itself. Doors use access."""
    row = await tx.fetch_one(FIND_MEDIA, media_id)
    return row and media_of(row)


FIND_OWN_MEDIA = FIND_MEDIA + " AND account_id = $2"


async def find_own_media(tx: Reading, *, account_id: int, media_id: int) -> Media | None:
    """The attachment, if it belongs to this account."""
    row = await tx.fetch_one(FIND_OWN_MEDIA, media_id, account_id)
    return row and media_of(row)


INSERT_MEDIA = """
    INSERT INTO media_attachments
        (account_id, kind, state, source_key, content_type, file_bytes,
         description, meta, created_at, updated_at, original_key, small_key, blurhash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12)
    RETURNING id
"""


async def insert_upload(
    tx: Transaction,
    *,
    account_id: int,
    kind: MediaKind,
    source_key: str,
    content_type: str,
    file_bytes: int,
    description: str | None,
    meta: Mapping[str, Any],
    small_key: str | None,
    blurhash: str | None,
    at: datetime,
) -> int:
    """A row for an upload that is still to be stored and processed; its id."""
    media_id: int = await tx.fetch_value(
        INSERT_MEDIA,
        account_id,
        kind,
        MediaState.PROCESSING,
        source_key,
        content_type,
        file_bytes,
        description,
        to_json(meta),
        at,
        None,
        small_key,
        blurhash,
    )
    return media_id


async def insert_finished(
    tx: Transaction,
    *,
    account_id: int,
    finished: Finished,
    description: str | None,
    at: datetime,
) -> int:
    """A row for an upload that is processed and about to be stored; its id. Not shown yet."""
    media_id: int = await tx.fetch_value(
        INSERT_MEDIA,
        account_id,
        finished.kind,
        MediaState.PROCESSING,
        None,
        finished.content_type,
        finished.file_bytes,
        description,
        to_json(finished.meta),
        at,
        finished.original_key,
        finished.small_key,
        finished.blurhash,
    )
    return media_id


UPDATE_STATE = """
    UPDATE media_attachments SET state = $2, updated_at = $3
    WHERE id = $1 AND state NOT IN ('done', 'failed')
"""


async def update_state(tx: Transaction, *, media_id: int, state: MediaState, at: datetime) -> bool:
    """Move an unfinished attachment on; False if it is gone or finished."""
    return bool(await tx.execute(UPDATE_STATE, media_id, state, at))


# `focus` may have been set while it was processed, and a cover may have come with the upload.
UPDATE_PROCESSED = """
    UPDATE media_attachments
    SET state = 'done', kind = $2, original_key = $3,
        small_key = $4, content_type = $5, file_bytes = $6,
        meta = $7::jsonb || jsonb_strip_nulls(jsonb_build_object('focus', meta->'focus')),
        blurhash = $8, updated_at = $9, source_key = NULL
    WHERE id = $1 AND state IN ('queued', 'processing')
    RETURNING coalesce(status_id, 0)
"""


async def update_processed(
    tx: Transaction, *, media_id: int, finished: Finished, at: datetime
) -> int | None:
    """Write what processing made. The status it is in (0: none); None if it is gone or done."""
    status_id: int | None = await tx.fetch_value(
        UPDATE_PROCESSED,
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


DELETE_SOURCE = "UPDATE media_attachments SET source_key = NULL WHERE id = $1"


async def delete_source(tx: Transaction, *, media_id: int) -> None:
    """Forget the key of the upload as it came; the caller has the file removed."""
    await tx.execute(DELETE_SOURCE, media_id)


UPDATE_DESCRIBED = """
    UPDATE media_attachments
    SET description = CASE WHEN $2 THEN $3 ELSE description END,
        meta = CASE WHEN $4::jsonb IS NULL THEN meta
               ELSE meta || jsonb_build_object('focus', $4::jsonb) END,
        updated_at = $5
    WHERE id = $1
"""


async def update_described(
    tx: Transaction,
    *,
    media_id: int,
    has_description: bool,
    description: str | None,
    focus: tuple[float, float] | None,
    at: datetime,
) -> None:
    """Change the alt text, the focal point, or both."""
    point = None if focus is None else to_json({"x": focus[0], "y": focus[1]})
    await tx.execute(UPDATE_DESCRIBED, media_id, has_description, description, point, at)


UPDATE_COVER = """
    UPDATE media_attachments
    SET small_key = $2, blurhash = $3, meta = meta || $4::jsonb, updated_at = $5
    WHERE id = $1
"""


async def update_cover(
    tx: Transaction,
    *,
    media_id: int,
    small_key: str,
    blurhash: str | None,
    meta: Mapping[str, Any],
    at: datetime,
) -> None:
    """Give a video or sound another cover."""
    await tx.execute(UPDATE_COVER, media_id, small_key, blurhash, to_json(meta), at)


DELETE_MEDIA = """
    DELETE FROM media_attachments WHERE id = ANY($1::bigint[])
    RETURNING original_key, small_key, source_key
"""


async def delete_media(tx: Transaction, *, media_ids: Sequence[int]) -> list[str]:
    """Forget attachments; answers the keys of their files, which the caller has removed."""
    rows = await tx.fetch_all(DELETE_MEDIA, list(media_ids))
    return [key for row in rows for key in row if key]


DELETE_OWN_UNATTACHED = """
    DELETE FROM media_attachments
    WHERE id = $1 AND account_id = $2 AND status_id IS NULL AND scheduled_status_id IS NULL
    RETURNING original_key, small_key, source_key
"""


async def delete_own_unattached(
    tx: Transaction, *, account_id: int, media_id: int
) -> list[str] | None:
    """Forget one that no status has; None if there is none to forget."""
    row = await tx.fetch_one(DELETE_OWN_UNATTACHED, media_id, account_id)
    return None if row is None else [key for key in row if key]


DELETE_ORPHANS = """
    DELETE FROM media_attachments
    WHERE id IN (
        SELECT id FROM media_attachments
        WHERE status_id IS NULL AND scheduled_status_id IS NULL
          AND created_at < $1 AND updated_at < $1
        ORDER BY created_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    )
    RETURNING original_key, small_key, source_key
"""


async def delete_orphans(tx: Transaction, *, before: datetime, limit: int) -> list[list[str]]:
    """Forget uploads that no status took; the keys of each."""
    rows = await tx.fetch_all(DELETE_ORPHANS, before, limit)
    return [[key for key in row if key] for row in rows]


DELETE_OF_ACCOUNT = """
    DELETE FROM media_attachments
    WHERE id IN (SELECT id FROM media_attachments WHERE account_id = $1 ORDER BY id LIMIT $2)
    RETURNING original_key, small_key, source_key
"""


async def delete_of_account(tx: Transaction, *, account_id: int, limit: int) -> list[list[str]]:
    """Forget attachments of an account; the keys of each."""
    rows = await tx.fetch_all(DELETE_OF_ACCOUNT, account_id, limit)
    return [[key for key in row if key] for row in rows]
