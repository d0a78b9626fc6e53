"""File a report: somebody tells the moderators about an account and what it did.

Two doors lead here: a member reports in an app, or another server sends a Flag.
"""

from watertower.accounts.access.standing import require_may_interact
from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.moderation.errors.reports import CommentTooLong, NoSuchRule
from watertower.moderation.events import ReportFiled
from watertower.moderation.model.reports import LONGEST_COMMENT, MOST_STATUSES, Complaint
from watertower.moderation.queries.reports import insert_report, list_rules_in_force
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.queries.lines import list_lines_by_ids


async def file_report(
    ctx: Context,
    *,
    reporter_id: int,
    complaint: Complaint,
    uri: str | None = None,
    application_id: int | None = None,
) -> int | None:
    """Keep the report and have moderators told; its id, None for a Flag that came before.

    `uri` is the id of the Flag for reports from elsewhere. Raises MayNotAct, AccountNotFound,
    StatusNotFound for a status that is not the account's or that the reporter may not see,
    NoSuchRule, CommentTooLong. A server reports in its own name what its members saw, so for its
    statuses the door checks only whose they are.
    """
    if uri is None and len(complaint.comment) > LONGEST_COMMENT:
        raise CommentTooLong(LONGEST_COMMENT)
    async with ctx.transaction() as tx:
        if uri is None:
            await require_may_interact(tx, account_id=reporter_id)
            await _require_statuses(tx, complaint, reporter_id=reporter_id)
        await _require_target(tx, complaint)
        await _require_rules(tx, complaint)
        report_id = await insert_report(
            tx,
            account_id=reporter_id,
            complaint=complaint,
            uri=uri,
            application_id=application_id,
            at=ctx.now(),
        )
        if report_id is not None:
            await record(tx, ReportFiled(report_id=report_id))
    return report_id


async def _require_target(tx: Transaction, complaint: Complaint) -> None:
    target = await find_account(tx, account_id=complaint.target_account_id)
    if target is None or target.deleted_at is not None or target.is_suspended:
        raise AccountNotFound


async def _require_statuses(tx: Transaction, complaint: Complaint, *, reporter_id: int) -> None:
    wanted = set(complaint.status_ids)
    if not wanted:
        return
    if len(wanted) > MOST_STATUSES:
        raise StatusNotFound
    lines = await list_lines_by_ids(tx, viewer_id=reporter_id, status_ids=sorted(wanted))
    seen = {line.id for line in lines if line.account.id == complaint.target_account_id}
    if wanted - seen:
        raise StatusNotFound


async def _require_rules(tx: Transaction, complaint: Complaint) -> None:
    wanted = set(complaint.rule_ids)
    if wanted and wanted - await list_rules_in_force(tx, rule_ids=sorted(wanted)):
        raise NoSuchRule
