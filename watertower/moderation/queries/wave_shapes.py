"""The shapes of what was written lately, and which of them make a wave."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.ids import first_id_at

# What came late with an old date is found as well: everything without a shape is new.
LIST_UNSHAPED = """
    SELECT s.id, s.account_id, a.domain, s.content_html, s.content_warning,
           CASE WHEN s.has_media THEN ARRAY(
               SELECT ma.blurhash FROM media_attachments ma
               WHERE ma.status_id = s.id AND ma.blurhash IS NOT NULL
           ) ELSE '{}' END AS media_hashes
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    WHERE s.id > $1 AND s.reblog_of_id IS NULL AND s.deleted_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM post_shapes p WHERE p.status_id = s.id)
    ORDER BY s.id
    LIMIT $2
"""


async def list_unshaped(tx: Reading, *, since: datetime, limit: int) -> list[Row]:
    """Posts of the window that were not looked at."""
    return await tx.fetch_all(LIST_UNSHAPED, first_id_at(since), limit)


LIST_REPORTED = """
    SELECT s.id, s.account_id, a.domain, s.content_html, s.content_warning, '{}'::text[]
               AS media_hashes
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    WHERE s.id = ANY($1::bigint[])
      AND NOT EXISTS (SELECT 1 FROM post_shapes p WHERE p.status_id = s.id)
    ORDER BY s.id
    LIMIT 1000
"""


async def list_reported(tx: Reading, *, status_ids: Sequence[int]) -> list[Row]:
    """Posts that reports name and that were not looked at."""
    return await tx.fetch_all(LIST_REPORTED, list(status_ids))


INSERT_POST_SHAPE = """
    INSERT INTO post_shapes (status_id, account_id, domain, sketches) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING
"""


async def insert_post_shapes(
    tx: Transaction, *, shapes: Sequence[tuple[int, int, str | None, list[int]]]
) -> None:
    """Keep them: id, author, server, sketches (none: it says too little)."""
    await tx.execute_many(INSERT_POST_SHAPE, shapes)


LIST_NEW_REPORTS = """
    SELECT id, account_id, comment, status_ids FROM reports
    WHERE id > $1 AND created_at > $2
    ORDER BY id
    LIMIT $3
"""


async def list_new_reports(tx: Reading, *, after_id: int, since: datetime, limit: int) -> list[Row]:
    """Reports that were not looked at."""
    return await tx.fetch_all(LIST_NEW_REPORTS, after_id, since, limit)


INSERT_REPORT_SHAPE = """
    INSERT INTO report_shapes (report_id, account_id, sketches) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING
"""


async def insert_report_shapes(
    tx: Transaction, *, shapes: Sequence[tuple[int, int, list[int]]]
) -> None:
    """Keep them: id, reporter, sketches."""
    await tx.execute_many(INSERT_REPORT_SHAPE, shapes)


FIND_MARK = "SELECT last_id FROM wave_marks WHERE name = $1"
UPSERT_MARK = """
    INSERT INTO wave_marks (name, last_id) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET last_id = greatest(wave_marks.last_id, excluded.last_id)
"""


async def find_mark(tx: Reading, *, name: str) -> int:
    """How far the look has come, 0 at the beginning."""
    return await tx.fetch_value(FIND_MARK, name) or 0


async def upsert_mark(tx: Transaction, *, name: str, last_id: int) -> None:
    """Until here."""
    await tx.execute(UPSERT_MARK, name, last_id)


# Two tables of the same form: (id, who, sketches, wave).
_NEAR = """
    SELECT {id} AS id, account_id AS who, sketches FROM {table}
    WHERE wave_id IS NULL AND sketches && $1::bigint[] AND {id} > $2
    ORDER BY {id}
    LIMIT $3
"""
LIST_NEAR = {
    "posts": _NEAR.format(id="status_id", table="post_shapes"),
    "reports": _NEAR.format(id="report_id", table="report_shapes"),
}


async def list_near(
    tx: Reading, *, kind: str, sketches: Sequence[int], since: datetime, limit: int
) -> list[Row]:
    """What shares a sketch with any of these and is in no wave yet."""
    return await tx.fetch_all(LIST_NEAR[kind], list(sketches), first_id_at(since), limit)


_JOIN = "UPDATE {table} SET wave_id = $2 WHERE {id} = ANY($1::bigint[]) AND wave_id IS NULL"
JOIN_WAVE = {
    "posts": _JOIN.format(id="status_id", table="post_shapes"),
    "reports": _JOIN.format(id="report_id", table="report_shapes"),
}


async def update_joined(tx: Transaction, *, kind: str, ids: Sequence[int], wave_id: int) -> int:
    """They belong to the wave; how many."""
    return await tx.execute(JOIN_WAVE[kind], list(ids), wave_id)


DELETE_OLD_SHAPES = """
    DELETE FROM post_shapes
    WHERE status_id IN (
        SELECT status_id FROM post_shapes
        WHERE status_id < $1 AND wave_id IS NULL
        ORDER BY status_id
        LIMIT 20000
    )
"""
DELETE_OLD_REPORT_SHAPES = "DELETE FROM report_shapes WHERE report_id < $1 AND wave_id IS NULL"
FORGET_OLD_WAVES = """
    WITH old AS (DELETE FROM waves WHERE last_at < $1 RETURNING id)
    DELETE FROM post_shapes WHERE wave_id IN (SELECT id FROM old)
"""


async def delete_old_shapes(tx: Transaction, *, before: datetime, waves_before: datetime) -> None:
    """What is too old to become part of a wave, and waves that are long over."""
    await tx.execute(DELETE_OLD_SHAPES, first_id_at(before))
    await tx.execute(DELETE_OLD_REPORT_SHAPES, first_id_at(before))
    await tx.execute(FORGET_OLD_WAVES, waves_before)
