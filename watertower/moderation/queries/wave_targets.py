"""Whom a decision about a wave is about: accounts, their posts, the reports about them."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction

# For a wave of reports: those who are reported.
LIST_WAVE_TARGETS = """
    SELECT account_id FROM (
        SELECT account_id FROM post_shapes WHERE wave_id = $1
        UNION
        SELECT r.target_account_id
        FROM report_shapes rs JOIN reports r ON r.id = rs.report_id
        WHERE rs.wave_id = $1 AND r.target_account_id IS NOT NULL
    ) one
    JOIN accounts a ON a.id = one.account_id
    WHERE one.account_id > $2 AND ($4 OR a.domain IS NOT NULL)
    ORDER BY account_id
    LIMIT $3
"""


async def list_wave_targets(
    tx: Reading, *, wave_id: int, after_id: int, limit: int, includes_members: bool
) -> list[int]:
    """Whom a decision is about, by id."""
    rows = await tx.fetch_all(LIST_WAVE_TARGETS, wave_id, after_id, limit, includes_members)
    return [row["account_id"] for row in rows]


COUNT_KNOWN = """
    SELECT count(DISTINCT p.account_id) AS known,
           count(DISTINCT p.account_id) FILTER (WHERE p.domain IS NULL) AS members
    FROM post_shapes p
    WHERE p.wave_id = $1 AND (p.domain IS NULL OR EXISTS (
        SELECT 1 FROM follows f JOIN logins l ON l.account_id = f.account_id
        WHERE f.target_account_id = p.account_id
    ))
"""


async def count_known(tx: Reading, *, wave_id: int) -> tuple[int, int]:
    """Accounts of the wave that are ours or that people here follow; those that are ours."""
    row = await tx.fetch_one(COUNT_KNOWN, wave_id)
    return (row["known"], row["members"]) if row else (0, 0)


LIST_STATUSES_OF = """
    SELECT p.status_id FROM post_shapes p
    JOIN statuses s ON s.id = p.status_id AND s.deleted_at IS NULL
    WHERE p.wave_id = $1 AND p.account_id = $2 AND p.status_id > $3
    ORDER BY p.status_id
    LIMIT 500
"""


async def list_statuses_of(
    tx: Reading, *, wave_id: int, account_id: int, after_id: int = 0
) -> list[int]:
    """An account's posts in the wave that are still there, the oldest 500 after an id."""
    rows = await tx.fetch_all(LIST_STATUSES_OF, wave_id, account_id, after_id)
    return [row["status_id"] for row in rows]


LIST_OPEN_CASES_OF = """
    SELECT DISTINCT case_id FROM reports
    WHERE target_account_id = $1 AND resolved_at IS NULL AND case_id IS NOT NULL
    ORDER BY case_id
    LIMIT 200
"""
LIST_OPEN_CASES_OF_WAVE = """
    SELECT DISTINCT r.case_id
    FROM report_shapes rs JOIN reports r ON r.id = rs.report_id
    WHERE rs.wave_id = $1 AND r.resolved_at IS NULL AND r.case_id IS NOT NULL
      AND NOT r.case_id = ANY($2::bigint[])
    ORDER BY r.case_id
    LIMIT 100
"""


async def list_open_cases_of(tx: Reading, *, account_id: int) -> list[int]:
    """Cases with open reports about the account."""
    return [row["case_id"] for row in await tx.fetch_all(LIST_OPEN_CASES_OF, account_id)]


async def list_open_cases_of_wave(tx: Reading, *, wave_id: int, but: Sequence[int]) -> list[int]:
    """Cases with open reports of the wave itself."""
    rows = await tx.fetch_all(LIST_OPEN_CASES_OF_WAVE, wave_id, list(but))
    return [row["case_id"] for row in rows]


COUNT_OPEN_REPORTS = "SELECT count(*) FROM reports WHERE case_id = $1 AND resolved_at IS NULL"
RESOLVE_CASELESS = """
    UPDATE reports SET resolved_at = $3, resolved_by_account_id = $2, updated_at = $3
    WHERE target_account_id = $1 AND resolved_at IS NULL AND case_id IS NULL
      AND account_id <> $2
"""


async def count_open_reports(tx: Reading, *, case_id: int) -> int:
    """Reports of a case that wait."""
    count: int = await tx.fetch_value(COUNT_OPEN_REPORTS, case_id)
    return count


async def resolve_caseless(tx: Transaction, *, account_id: int, by: int, at: datetime) -> int:
    """Close reports from before there were cases; how many."""
    return await tx.execute(RESOLVE_CASELESS, account_id, by, at)
