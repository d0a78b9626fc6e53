"""Reports: rows of their own, which a case may gather later."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.reports import Complaint, Report

COLUMNS = """
    id, account_id, target_account_id, category, comment, status_ids, rule_ids, is_forwarded, uri,
    assigned_account_id, resolved_at, resolved_by_account_id, created_at, updated_at
"""
# The same Flag may be delivered twice; the same member may say the same again.
INSERT_REPORT = """
    INSERT INTO reports
        (account_id, target_account_id, category, comment, status_ids, rule_ids, is_forwarded,
         uri, application_id, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
    ON CONFLICT (uri) DO NOTHING
    RETURNING id
"""


async def insert_report(
    tx: Transaction,
    *,
    account_id: int,
    complaint: Complaint,
    uri: str | None,
    application_id: int | None,
    at: datetime,
) -> int | None:
    """Write a report; its id, or None if this Flag was received before."""
    found: int | None = await tx.fetch_value(
        INSERT_REPORT,
        account_id,
        complaint.target_account_id,
        complaint.category,
        complaint.comment,
        list(complaint.status_ids),
        list(complaint.rule_ids),
        complaint.is_forwarded,
        uri,
        application_id,
        at,
    )
    return found


LIST_REPORTS_BY_ID = f"SELECT {COLUMNS} FROM reports WHERE id = ANY($1::bigint[])"


async def list_reports_by_id(tx: Reading, *, report_ids: Sequence[int]) -> list[Report]:
    """These reports, in no order."""
    rows = await tx.fetch_all(LIST_REPORTS_BY_ID, list(report_ids))
    return [report_of(row) for row in rows]


LIST_RULES_IN_FORCE = """
    SELECT id FROM rules WHERE id = ANY($1::bigint[]) AND deleted_at IS NULL LIMIT 100
"""


async def list_rules_in_force(tx: Reading, *, rule_ids: Sequence[int]) -> set[int]:
    """Which of these rules are in force."""
    rows = await tx.fetch_all(LIST_RULES_IN_FORCE, list(rule_ids))
    return {row["id"] for row in rows}


LIST_READERS = """
    SELECT l.account_id
    FROM logins l
    JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    WHERE r.permissions & $1 <> 0 AND l.frozen_at IS NULL AND a.suspended_at IS NULL
    ORDER BY l.account_id
    LIMIT 1000
"""


async def list_readers(tx: Reading, *, permissions: int) -> list[int]:
    """Accounts whose role has any of these permissions and who may use it."""
    return [row["account_id"] for row in await tx.fetch_all(LIST_READERS, permissions)]


def report_of(row: Row) -> Report:
    """A row of COLUMNS as a report."""
    return Report(*row.values())
