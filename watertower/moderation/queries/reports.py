"""Reports: rows of their own, which a case may gather later."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.queries.powers import MAY_HAVE_POWERS, powers
from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.reports import Complaint, Report

COLUMNS = """
    id, account_id, target_account_id, category, comment, status_ids, rule_ids, is_forwarded, uri,
    assigned_account_id, resolved_at, resolved_by_account_id, created_at, updated_at,
    case_id, target_domain, conversation_id, language, translation, context, is_graphic,
    is_time_critical, forward_domains, forward_reason, advice
"""
# The same Flag may be delivered twice; the same member may say the same again.
INSERT_REPORT = """
    INSERT INTO reports
        (account_id, target_account_id, category, comment, status_ids, rule_ids, is_forwarded,
         uri, application_id, created_at, updated_at, target_domain, conversation_id, language,
         translation, context, is_graphic, is_time_critical, forward_domains, forward_reason,
         once_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19, $20)
    ON CONFLICT DO NOTHING
    RETURNING id
"""


async def insert_report(
    tx: Transaction,
    *,
    account_id: int,
    complaint: Complaint,
    uri: str | None,
    application_id: int | None,
    conversation_id: int | None,
    once_key: str | None,
    at: datetime,
) -> int | None:
    """Write a report; its id, or None if this Flag, or this form, was received before."""
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
        complaint.target_domain,
        conversation_id,
        complaint.language,
        complaint.translation,
        complaint.context,
        complaint.is_graphic,
        complaint.is_time_critical,
        list(complaint.forward_domains),
        complaint.forward_reason,
        once_key,
    )
    return found


UPDATE_CASE_OF_REPORT = "UPDATE reports SET case_id = $2 WHERE id = $1"


async def update_case_of_report(tx: Transaction, *, report_id: int, case_id: int) -> None:
    """The report belongs to this case."""
    await tx.execute(UPDATE_CASE_OF_REPORT, report_id, case_id)


FIND_REPORT_BY_ONCE_KEY = "SELECT id FROM reports WHERE once_key = $1"


async def find_report_by_once_key(tx: Reading, *, once_key: str) -> int | None:
    """The report that this form became."""
    found: int | None = await tx.fetch_value(FIND_REPORT_BY_ONCE_KEY, once_key)
    return found


LIST_REPORTS_OF_CASE = f"""
    SELECT {COLUMNS} FROM reports WHERE case_id = $1 ORDER BY id LIMIT 200
"""


async def list_reports_of_case(tx: Reading, *, case_id: int) -> list[Report]:
    """The reports that make a case, oldest first, 200 at most."""
    return [report_of(row) for row in await tx.fetch_all(LIST_REPORTS_OF_CASE, case_id)]


LIST_CONVERSATIONS_OF = """
    SELECT DISTINCT conversation_id FROM statuses WHERE id = ANY($1::bigint[]) LIMIT 100
"""


async def list_conversations_of(tx: Reading, *, status_ids: Sequence[int]) -> list[int]:
    """The threads of these posts."""
    rows = await tx.fetch_all(LIST_CONVERSATIONS_OF, list(status_ids))
    return sorted(row["conversation_id"] for row in rows)


COUNT_REPORTS_SINCE = "SELECT count(*) FROM reports WHERE account_id = $1 AND created_at > $2"


async def count_reports_since(tx: Reading, *, account_id: int, since: datetime) -> int:
    """How many reports a member filed since then."""
    found: int = await tx.fetch_value(COUNT_REPORTS_SINCE, account_id, since)
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


LIST_READERS = f"""
    SELECT l.account_id
    FROM logins l
    JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    WHERE {MAY_HAVE_POWERS} AND {powers()} & $1 <> 0 AND l.frozen_at IS NULL AND a.suspended_at IS NULL
    ORDER BY l.account_id
    LIMIT 1000
"""


async def list_readers(tx: Reading, *, permissions: int) -> list[int]:
    """Accounts whose role has any of these permissions and who may use it."""
    return [row["account_id"] for row in await tx.fetch_all(LIST_READERS, permissions)]


UPDATE_ADVICE = "UPDATE reports SET advice = $2 WHERE case_id = $1"


async def update_advice(tx: Transaction, *, case_id: int, advice: str) -> None:
    """How the reporters of a case make their next report more useful."""
    await tx.execute(UPDATE_ADVICE, case_id, advice)


def report_of(row: Row) -> Report:
    """A row of COLUMNS as a report."""
    return Report(*row.values())
