"""Files that are yet to be copied into evidence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import to_json

INSERT_COPY = """
    INSERT INTO evidence_copies (
        case_id, subject_id, source_key, remote_url, is_private, content, created_at)
    VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7)
    ON CONFLICT (case_id, subject_id) DO NOTHING
    RETURNING id
"""


async def insert_copy(
    tx: Transaction,
    *,
    case_id: int,
    subject_id: str,
    source_key: str | None,
    remote_url: str | None,
    is_private: bool,
    content: Mapping[str, Any],
    at: datetime,
) -> int | None:
    """Ask for a copy; its id, None if it was asked for before."""
    made: int | None = await tx.fetch_value(
        INSERT_COPY, case_id, subject_id, source_key, remote_url, is_private, to_json(content), at
    )
    return made


FIND_COPY = "SELECT * FROM evidence_copies WHERE id = $1 AND done_at IS NULL"


async def find_open_copy(tx: Reading, *, copy_id: int) -> Row | None:
    """A copy that is still to be made."""
    return await tx.fetch_one(FIND_COPY, copy_id)


UPDATE_COPY_DONE = """
    UPDATE evidence_copies SET done_at = $2, problem = $3 WHERE id = $1 AND done_at IS NULL
"""


async def update_copy_done(
    tx: Transaction, *, copy_id: int, at: datetime, problem: str = ""
) -> int:
    """It is made, or cannot be."""
    return await tx.execute(UPDATE_COPY_DONE, copy_id, at, problem)


LIST_COPIES = """
    SELECT subject_id, problem, done_at FROM evidence_copies
    WHERE case_id = $1 AND (done_at IS NULL OR problem <> '')
    ORDER BY id LIMIT 100
"""


async def list_unfinished_copies(tx: Reading, *, case_id: int) -> list[Row]:
    """What is still being copied, or could not be."""
    return await tx.fetch_all(LIST_COPIES, case_id)
