"""Cases are joined and taken apart: rows move from one to another."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.queries.case_walls import unhidden

MOVE_REPORTS = "UPDATE reports SET case_id = $2, updated_at = $3 WHERE case_id = ANY($1::bigint[])"
MOVE_CONFLICTS = """
    INSERT INTO case_conflicts (case_id, account_id, reason, declared_at)
    SELECT $2, account_id, reason, declared_at FROM case_conflicts
    WHERE case_id = ANY($1::bigint[])
    ON CONFLICT DO NOTHING
"""
MOVE_COPIES = """
    UPDATE evidence_copies e SET case_id = $2
    WHERE e.case_id = ANY($1::bigint[]) AND e.done_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM evidence_copies same
        WHERE same.case_id = $2 AND same.subject_id = e.subject_id)
"""
MOVE_EVIDENCE = """
    WITH moved AS (
        SELECT DISTINCT ON (e.kind, e.subject_id, e.sha256) e.id
        FROM evidence e
        WHERE e.case_id = ANY($1::bigint[]) AND NOT EXISTS (
            SELECT 1 FROM evidence same
            WHERE same.case_id = $2 AND same.kind = e.kind AND same.subject_id = e.subject_id
              AND same.sha256 = e.sha256)
        ORDER BY e.kind, e.subject_id, e.sha256, e.id
    )
    UPDATE evidence e SET case_id = $2 FROM moved WHERE e.id = moved.id
"""
MOVE_PROPOSALS = "UPDATE case_proposals SET case_id = $2 WHERE case_id = ANY($1::bigint[])"
MOVE_ANALYSES = "UPDATE case_analyses SET case_id = $2 WHERE case_id = ANY($1::bigint[])"
MOVE_MISTAKES = "UPDATE mistakes SET case_id = $2 WHERE case_id = ANY($1::bigint[])"
MOVE_FORWARDS = "UPDATE case_forwards SET case_id = $2 WHERE case_id = ANY($1::bigint[])"
MOVE_PEOPLE = """
    INSERT INTO case_people (
        case_id, account_id, harm_caused, harm_received, by_account_id, updated_at)
    SELECT DISTINCT ON (account_id)
           $2::bigint, account_id, harm_caused, harm_received, by_account_id, updated_at
    FROM case_people WHERE case_id = ANY($1::bigint[])
    ORDER BY account_id, updated_at DESC
    ON CONFLICT DO NOTHING
"""
CLOSE_MERGED = """
    UPDATE cases SET state = 'merged', merged_into_case_id = $2, suggested_case_id = NULL,
                     suggested_because = '', due_at = NULL, updated_at = $3
    WHERE id = ANY($1::bigint[]) OR merged_into_case_id = ANY($1::bigint[])
"""
# What is put together weighs as much as the heaviest of it.
TAKE_WEIGHT = """
    UPDATE cases lead
    SET urgency = greatest(lead.urgency, rest.urgency),
        is_time_critical = lead.is_time_critical OR rest.is_time_critical,
        is_graphic = lead.is_graphic OR rest.is_graphic,
        due_at = least(lead.due_at, rest.due_at),
        tags = (SELECT coalesce(array_agg(DISTINCT tag), '{}')
                FROM unnest(lead.tags || rest.tags) AS tag),
        updated_at = $3
    FROM (
        SELECT max(urgency) AS urgency, bool_or(is_time_critical) AS is_time_critical,
               bool_or(is_graphic) AS is_graphic, min(due_at) AS due_at,
               coalesce((SELECT array_agg(DISTINCT tag) FROM cases x, unnest(x.tags) AS tag
                         WHERE x.id = ANY($1::bigint[])), '{}') AS tags
        FROM cases WHERE id = ANY($1::bigint[])
    ) rest
    WHERE lead.id = $2
"""
# What was folded under a case that is folded itself goes along.
MOVE_SUGGESTED = """
    UPDATE cases SET suggested_case_id = $2
    WHERE suggested_case_id = ANY($1::bigint[]) AND id <> $2
"""


async def move_into(
    tx: Transaction, *, case_ids: Sequence[int], into_id: int, at: datetime
) -> None:
    """What hangs on these cases goes into one; they become its parts.

    What was proposed in them must be withdrawn before: one case has one open proposal.
    """
    ids = list(case_ids)
    for sql in (MOVE_PROPOSALS, MOVE_ANALYSES, MOVE_MISTAKES, MOVE_FORWARDS, MOVE_PEOPLE):
        await tx.execute(sql, ids, into_id)
    await tx.execute(TAKE_WEIGHT, ids, into_id, at)
    await tx.execute(MOVE_REPORTS, ids, into_id, at)
    await tx.execute(MOVE_CONFLICTS, ids, into_id)
    await tx.execute(MOVE_COPIES, ids, into_id)
    await tx.execute(MOVE_EVIDENCE, ids, into_id)
    await tx.execute(MOVE_SUGGESTED, ids, into_id)
    await tx.execute(CLOSE_MERGED, ids, into_id, at)


LOCK_MERGEABLE = f"""
    SELECT c.id FROM cases c
    WHERE c.id = ANY($2::bigint[]) AND c.closed_at IS NULL AND c.merged_into_case_id IS NULL
      AND c.kind <> 'practice' AND {unhidden()}
    ORDER BY c.id
    FOR UPDATE OF c
"""


async def lock_mergeable(tx: Transaction, *, viewer_id: int, case_ids: Sequence[int]) -> list[int]:
    """Which of these are open and visible to the viewer; held until the commit."""
    rows = await tx.fetch_all(LOCK_MERGEABLE, viewer_id, list(case_ids))
    return [row["id"] for row in rows]


LIST_SUGGESTED_IDS = "SELECT id FROM cases WHERE suggested_case_id = $1 ORDER BY id LIMIT 5000"


async def list_suggested_ids(tx: Reading, *, case_id: int) -> list[int]:
    """Cases that are folded under this one."""
    return [row["id"] for row in await tx.fetch_all(LIST_SUGGESTED_IDS, case_id)]


# A report leaves with copies of what is sealed about it; the files are shared between them.
COPY_EVIDENCE = """
    INSERT INTO evidence (
        case_id, kind, subject_id, is_private, is_graphic, content, files, sha256,
        taken_by_account_id, taken_at)
    SELECT $2, e.kind, e.subject_id, e.is_private, e.is_graphic, e.content, e.files, e.sha256,
           e.taken_by_account_id, e.taken_at
    FROM evidence e
    WHERE e.case_id = $1 AND e.destroyed_at IS NULL AND (
        (e.kind = 'status' AND e.subject_id = ANY($3::text[]))
        OR (e.kind = 'media' AND e.content->>'status_id' = ANY($3::text[]))
        OR (e.kind = 'profile' AND e.subject_id = $4)
        OR (e.kind = 'document' AND e.subject_id LIKE $5 || ':%')
    )
    ON CONFLICT DO NOTHING
"""


async def copy_evidence_of_report(
    tx: Transaction,
    *,
    from_case_id: int,
    to_case_id: int,
    report_id: int,
    status_ids: Sequence[int],
    account_id: int | None,
) -> int:
    """Copy what belongs to one report into another case."""
    return await tx.execute(
        COPY_EVIDENCE,
        from_case_id,
        to_case_id,
        [str(one) for one in status_ids],
        str(account_id or ""),
        str(report_id),
    )
