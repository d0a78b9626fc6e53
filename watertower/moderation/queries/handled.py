"""Reports as moderators list and change them."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.model import Rule
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.json import from_json
from watertower.base.paging import Page
from watertower.moderation.model.reports import Report, ReportSearch
from watertower.moderation.queries.reports import COLUMNS, report_of

# Nobody handles a report of their own, about themselves, or in a case they stepped aside from.
_UNHIDDEN = """(
    r.account_id <> $8 AND r.target_account_id IS DISTINCT FROM $8
    AND NOT EXISTS (
        SELECT 1 FROM case_conflicts f WHERE f.case_id = r.case_id AND f.account_id = $8
    )
)"""
LIST_REPORTS = f"""
    SELECT {COLUMNS}
    FROM reports r
    WHERE id < $1 AND id > $2
      AND ($4::boolean IS NULL OR (resolved_at IS NOT NULL) = $4)
      AND ($5::bigint IS NULL OR account_id = $5)
      AND ($6::bigint IS NULL OR target_account_id = $6)
      AND ($7::text IS NULL OR EXISTS (
          SELECT 1 FROM accounts a
          WHERE a.id = r.target_account_id AND lower(a.domain) = lower($7)
      ))
      AND r.target_account_id IS NOT NULL
      AND {_UNHIDDEN}
    ORDER BY id DESC
    LIMIT $3
"""
LIST_REPORTS_UPWARDS = LIST_REPORTS.replace("DESC", "ASC")


async def list_reports(
    tx: Reading, *, viewer_id: int, search: ReportSearch, page: Page
) -> list[Report]:
    """A page of reports, newest first."""
    rows = await tx.fetch_all(
        LIST_REPORTS_UPWARDS if page.upwards else LIST_REPORTS,
        page.before_id,
        page.after_id,
        page.limit,
        search.is_resolved,
        search.account_id,
        search.target_account_id,
        search.target_domain,
        viewer_id,
    )
    found = [report_of(row) for row in rows]
    return found[::-1] if page.upwards else found


FIND_REPORT_FOR = f"""
    SELECT {COLUMNS} FROM reports r
    WHERE id = $1 AND {_UNHIDDEN.replace("$8", "$2")}
"""


async def find_report_for(tx: Reading, *, viewer_id: int, report_id: int) -> Report | None:
    """A report, unless it is the viewer's own, about them, or they stepped aside."""
    row = await tx.fetch_one(FIND_REPORT_FOR, report_id, viewer_id)
    return row and report_of(row)


HAS_OPEN_REPORTS = """
    SELECT EXISTS (SELECT 1 FROM reports WHERE case_id = $1 AND resolved_at IS NULL)
"""


async def has_open_reports(tx: Reading, *, case_id: int) -> bool:
    """Whether any report of a case is open."""
    found: bool = await tx.fetch_value(HAS_OPEN_REPORTS, case_id)
    return found


LIST_RULES_BY_ID = """
    SELECT id, text, hint, translations FROM rules WHERE id = ANY($1::bigint[])
"""


async def list_rules_by_id(tx: Reading, *, rule_ids: Sequence[int]) -> dict[int, Rule]:
    """Rules by id, also those no longer in force: a report keeps what it was about."""
    rows = await tx.fetch_all(LIST_RULES_BY_ID, list(rule_ids))
    return {
        row["id"]: Rule(row["id"], row["text"], row["hint"], from_json(row["translations"]))
        for row in rows
    }


UPDATE_ASSIGNED = "UPDATE reports SET assigned_account_id = $2, updated_at = $3 WHERE id = $1"


async def update_assigned(
    tx: Transaction, *, report_id: int, account_id: int | None, at: datetime
) -> int:
    """Say whose report it is."""
    return await tx.execute(UPDATE_ASSIGNED, report_id, account_id, at)


UPDATE_RESOLVED = """
    UPDATE reports SET resolved_at = $3, resolved_by_account_id = $2, updated_at = $3
    WHERE id = $1 AND resolved_at IS NULL
"""


async def update_resolved(tx: Transaction, *, report_id: int, account_id: int, at: datetime) -> int:
    """Close an open report."""
    return await tx.execute(UPDATE_RESOLVED, report_id, account_id, at)


UPDATE_REOPENED = """
    UPDATE reports SET resolved_at = NULL, resolved_by_account_id = NULL, updated_at = $2
    WHERE id = $1
"""


async def update_reopened(tx: Transaction, *, report_id: int, at: datetime) -> int:
    """Open a report."""
    return await tx.execute(UPDATE_REOPENED, report_id, at)


UPDATE_CATEGORY = """
    UPDATE reports
    SET category = coalesce($2, category), updated_at = $4,
        rule_ids = CASE WHEN coalesce($2, category) = 'violation'
                        THEN coalesce($3::bigint[], rule_ids) ELSE '{}' END
    WHERE id = $1
"""


async def update_category(
    tx: Transaction,
    *,
    report_id: int,
    category: str | None,
    rule_ids: Sequence[int] | None,
    at: datetime,
) -> int:
    """Change category and rules; None leaves them."""
    rules = None if rule_ids is None else list(rule_ids)
    return await tx.execute(UPDATE_CATEGORY, report_id, category, rules, at)
