"""Reports as those who filed them see them: received, being looked at, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading
from watertower.base.paging import Page
from watertower.moderation.model.reports import Report
from watertower.moderation.queries.reports import COLUMNS, report_of

LIST_MY_REPORTS = f"""
    SELECT {COLUMNS} FROM reports
    WHERE account_id = $1 AND uri IS NULL AND id < $2 AND id > $3
    ORDER BY id DESC
    LIMIT $4
"""
LIST_MY_REPORTS_UPWARDS = LIST_MY_REPORTS.replace("DESC", "ASC")


async def list_my_reports(tx: Reading, *, account_id: int, page: Page) -> list[Report]:
    """A member's reports, newest first."""
    sql = LIST_MY_REPORTS_UPWARDS if page.upwards else LIST_MY_REPORTS
    rows = await tx.fetch_all(sql, account_id, page.before_id, page.after_id, page.limit)
    return [report_of(row) for row in (rows[::-1] if page.upwards else rows)]


@dataclass(frozen=True)
class ReportState:
    """How far a report is. Nothing in here says what was decided, unless policy tells it."""

    state: str  # received, being_looked_at, waits_for_you, closed
    handle: str  # whom or which server it is about
    thread_id: int | None  # the conversation with the team about it
    unread: int
    outcome: str | None
    closed_at: datetime | None


LIST_REPORT_STATES = """
    SELECT r.id,
           CASE WHEN c.closed_at IS NOT NULL OR r.resolved_at IS NOT NULL THEN 'closed'
                WHEN c.state = 'needs_info' THEN 'waits_for_you'
                WHEN c.first_looked_at IS NOT NULL THEN 'being_looked_at'
                ELSE 'received' END AS state,
           coalesce('@' || a.username || coalesce('@' || a.domain, ''), r.target_domain, '')
               AS handle,
           t.id AS thread_id, coalesce(u.unread, 0) AS unread, c.outcome,
           coalesce(c.closed_at, r.resolved_at) AS closed_at
    FROM reports r
    LEFT JOIN cases c ON c.id = r.case_id
    LEFT JOIN accounts a ON a.id = r.target_account_id
    LEFT JOIN case_threads t
      ON t.case_id = r.case_id AND t.thread = 'reporter' AND t.with_account_id = r.account_id
    LEFT JOIN LATERAL (
        SELECT count(*) AS unread FROM case_messages m
        WHERE m.thread_id = t.id AND m.from_team AND m.read_at IS NULL
    ) u ON true
    WHERE r.id = ANY($1::bigint[])
"""


async def list_report_states(tx: Reading, *, report_ids: Sequence[int]) -> dict[int, ReportState]:
    """States by report id; one query, also for none."""
    rows = await tx.fetch_all(LIST_REPORT_STATES, list(report_ids))
    return {row["id"]: ReportState(*list(row.values())[1:]) for row in rows}
