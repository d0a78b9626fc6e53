"""Evidence: sealed rows. They are added, and emptied when their time is over."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.moderation.model.evidence import Evidence, EvidenceFile

COLUMNS = """
    e.id, e.case_id, e.server_review_id, e.kind, e.subject_id, e.is_private, e.is_graphic,
    e.content, e.files, e.sha256, e.taken_by_account_id, e.taken_at, e.destroyed_at
"""


def evidence_of(row: Row) -> Evidence:
    """A row of COLUMNS as evidence."""
    values = dict(row.items())
    values["content"] = from_json(row["content"])
    values["files"] = [EvidenceFile(**one) for one in from_json(row["files"])]
    return Evidence(**values)


# Taken twice of the same thing that did not change in between: kept once.
INSERT_EVIDENCE = """
    INSERT INTO evidence (
        case_id, server_review_id, kind, subject_id, is_private, is_graphic, content, files,
        sha256, taken_by_account_id, taken_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10, $11)
    ON CONFLICT (case_id, kind, subject_id, sha256) DO UPDATE SET sha256 = excluded.sha256
    RETURNING id
"""


async def insert_evidence(
    tx: Transaction,
    *,
    case_id: int | None,
    server_review_id: int | None,
    kind: str,
    subject_id: str,
    is_private: bool,
    is_graphic: bool,
    content: Mapping[str, Any],
    files: Sequence[EvidenceFile],
    sha256: bytes,
    taken_by: int | None,
    at: datetime,
) -> int:
    """A sealed copy; its id, or that of the same copy taken before."""
    made: int = await tx.fetch_value(
        INSERT_EVIDENCE,
        case_id,
        server_review_id,
        kind,
        subject_id,
        is_private,
        is_graphic,
        to_json(content),
        to_json([asdict(one) for one in files]),
        sha256,
        taken_by,
        at,
    )
    return made


LIST_EVIDENCE = f"""
    SELECT {COLUMNS} FROM evidence e WHERE e.case_id = $1 ORDER BY e.id LIMIT $2
"""


async def list_evidence(tx: Reading, *, case_id: int, limit: int = 200) -> list[Evidence]:
    """The evidence of a case, oldest first."""
    return [evidence_of(row) for row in await tx.fetch_all(LIST_EVIDENCE, case_id, limit)]


FIND_EVIDENCE = f"SELECT {COLUMNS} FROM evidence e WHERE e.id = $1"


async def find_evidence(tx: Reading, *, evidence_id: int) -> Evidence | None:
    """One copy."""
    row = await tx.fetch_one(FIND_EVIDENCE, evidence_id)
    return row and evidence_of(row)


LIST_DUE_FOR_DESTRUCTION = """
    SELECT c.id FROM cases c
    WHERE c.retained_until IS NOT NULL AND c.retained_until < $1 AND (c.held_until IS NULL OR c.held_until < $1)
      AND c.closed_at IS NOT NULL
      AND NOT EXISTS (
          SELECT 1 FROM appeals ap WHERE ap.case_id = c.id AND ap.closed_at IS NULL
      )
      AND EXISTS (
          SELECT 1 FROM evidence e
          JOIN cases part ON part.id = e.case_id
          WHERE (part.id = c.id OR part.merged_into_case_id = c.id) AND e.destroyed_at IS NULL
      )
    ORDER BY c.retained_until
    LIMIT $2
"""


async def list_due_for_destruction(tx: Reading, *, at: datetime, limit: int) -> list[int]:
    """Cases whose evidence has served its time."""
    return [row["id"] for row in await tx.fetch_all(LIST_DUE_FOR_DESTRUCTION, at, limit)]


LIST_TO_DESTROY = f"""
    SELECT {COLUMNS} FROM evidence e
    JOIN cases part ON part.id = e.case_id
    JOIN cases c ON c.id = coalesce(part.merged_into_case_id, part.id)
    WHERE c.id = $1 AND c.retained_until < $2 AND (c.held_until IS NULL OR c.held_until < $2)
      AND c.closed_at IS NOT NULL AND e.destroyed_at IS NULL
      AND NOT EXISTS (
          SELECT 1 FROM appeals ap WHERE ap.case_id = c.id AND ap.closed_at IS NULL
      )
    ORDER BY e.id
    LIMIT 2000
"""


async def list_evidence_to_destroy(tx: Reading, *, case_id: int, at: datetime) -> list[Evidence]:
    """What is left of a case, and of its parts, if its time is over at this very moment."""
    return [evidence_of(row) for row in await tx.fetch_all(LIST_TO_DESTROY, case_id, at)]


# A report that was taken out of a case took copies along that share the files.
LIST_KEYS_STILL_USED = """
    SELECT DISTINCT file->>'key' AS key
    FROM evidence e, jsonb_array_elements(e.files) AS file
    WHERE e.destroyed_at IS NULL AND NOT e.id = ANY($2::bigint[])
      AND e.sha256 IN (SELECT sha256 FROM evidence WHERE id = ANY($2::bigint[]))
      AND file->>'key' = ANY($1::text[])
"""


async def list_keys_still_used(
    tx: Reading, *, keys: Sequence[str], except_ids: Sequence[int]
) -> set[str]:
    """Files that other evidence needs as well."""
    rows = await tx.fetch_all(LIST_KEYS_STILL_USED, list(keys), list(except_ids))
    return {row["key"] for row in rows}


UPDATE_DESTROYED = """
    UPDATE evidence SET content = '{}', files = '[]', destroyed_at = $2
    WHERE id = ANY($1::bigint[]) AND destroyed_at IS NULL
"""


async def update_destroyed(tx: Transaction, *, evidence_ids: Sequence[int], at: datetime) -> int:
    """Empty these; the seal stays as the proof of what they were."""
    return await tx.execute(UPDATE_DESTROYED, list(evidence_ids), at)
