"""Edits: a status as it was each time its author changed it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.statuses.model import Status, StatusEdit
from watertower.statuses.queries.faces import STATUS_COLUMNS, status_of

LOCK_STATUS = f"""
    SELECT {STATUS_COLUMNS} FROM statuses s
    WHERE s.id = $1 AND s.deleted_at IS NULL
    FOR NO KEY UPDATE
"""


async def lock_status(tx: Transaction, *, status_id: int) -> Status | None:
    """The status, with nobody else changing it until the commit."""
    row = await tx.fetch_one(LOCK_STATUS, status_id)
    return row and status_of(row)


# What a status shows now, in the columns of its history.
PRESENT = """
    SELECT s.id AS status_id, s.account_id, s.text, s.content_html, s.content_warning,
           s.is_sensitive,
           coalesce((
               SELECT jsonb_agg(
                   jsonb_build_object('id', m.id, 'description', m.description)
                   ORDER BY array_position(s.media_ids, m.id)
               )
               FROM media_attachments m
               WHERE m.status_id = s.id
           ), '[]') AS media,
           (SELECT p.options FROM polls p WHERE p.id = s.poll_id) AS poll_options,
           s.emojis, coalesce(s.edited_at, s.created_at) AS created_at
    FROM statuses s
    WHERE s.id = $1
"""

INSERT_EDIT = f"""
    INSERT INTO status_edits (
        status_id, account_id, text, content_html, content_warning, is_sensitive, media,
        poll_options, emojis, created_at
    )
    {PRESENT}
"""


async def insert_edit(tx: Transaction, *, status_id: int) -> None:
    """Keep what the status shows now as a part of its history."""
    await tx.execute(INSERT_EDIT, status_id)


INSERT_FIRST_EDIT = (
    INSERT_EDIT + "AND NOT EXISTS (SELECT 1 FROM status_edits e WHERE e.status_id = s.id)"
)


async def insert_first_edit(tx: Transaction, *, status_id: int) -> None:
    """Keep the first version, unless that was done at an earlier edit."""
    await tx.execute(INSERT_FIRST_EDIT, status_id)


@dataclass(frozen=True)
class Changed:
    """What a status shows from now on."""

    text: str
    content_html: str
    content_warning: str
    is_sensitive: bool
    language: str | None
    media_ids: Sequence[int]
    emojis: Sequence[Mapping[str, Any]]
    poll_id: int | None
    quote_policy: str
    reply_policy: str
    content_type: str


UPDATE_STATUS = """
    UPDATE statuses
    SET text = $2, content_html = $3, content_warning = $4, is_sensitive = $5, language = $6,
        media_ids = $7, has_media = cardinality($7::bigint[]) > 0, emojis = $8, poll_id = $9,
        quote_policy = $10, edited_at = coalesce($11, edited_at), reply_policy = $12,
        content_type = $13, version = version + 1
    WHERE id = $1
"""


async def update_status(
    tx: Transaction, *, status_id: int, changed: Changed, edited_at: datetime | None
) -> None:
    """Change what the status shows; with `edited_at` it is marked as edited."""
    await tx.execute(
        UPDATE_STATUS,
        status_id,
        changed.text,
        changed.content_html,
        changed.content_warning,
        changed.is_sensitive,
        changed.language,
        list(changed.media_ids),
        to_json(changed.emojis),
        changed.poll_id,
        changed.quote_policy,
        edited_at,
        changed.reply_policy,
        changed.content_type,
    )


TOUCH_STATUS = "UPDATE statuses SET version = version + 1 WHERE id = $1 AND deleted_at IS NULL"


async def touch_status(tx: Transaction, *, status_id: int) -> bool:
    """Something that the status shows was changed elsewhere; False if it is gone."""
    return bool(await tx.execute(TOUCH_STATUS, status_id))


EDIT_COLUMNS = """
    e.content_html, e.content_warning, e.is_sensitive, e.created_at, e.poll_options, e.emojis,
    coalesce((
        SELECT jsonb_agg(
            to_jsonb(m) || jsonb_build_object('description', was.part->'description')
            ORDER BY was.place
        )
        FROM jsonb_array_elements(e.media) WITH ORDINALITY AS was(part, place)
        JOIN media_attachments m ON m.id = (was.part->>'id')::bigint
    ), '[]') AS media
"""

LIST_EDITS = f"""
    SELECT {EDIT_COLUMNS} FROM status_edits e
    WHERE e.status_id = $1
    ORDER BY e.id
    LIMIT 1000
"""


async def list_edits(tx: Reading, *, status_id: int) -> list[StatusEdit]:
    """Each version of an edited status, oldest first; none for one never edited."""
    return [_edit(row) for row in await tx.fetch_all(LIST_EDITS, status_id)]


FIND_PRESENT = f"SELECT {EDIT_COLUMNS} FROM ({PRESENT}) e"


async def find_present(tx: Reading, *, status_id: int) -> list[StatusEdit]:
    """What the status shows now, as its only version."""
    row = await tx.fetch_one(FIND_PRESENT, status_id)
    return [] if row is None else [_edit(row)]


def _edit(row: Row) -> StatusEdit:
    return StatusEdit(
        content_html=row["content_html"],
        content_warning=row["content_warning"],
        is_sensitive=row["is_sensitive"],
        created_at=row["created_at"],
        poll_options=row["poll_options"],
        emojis=from_json(row["emojis"]),
        media=from_json(row["media"]),
    )
