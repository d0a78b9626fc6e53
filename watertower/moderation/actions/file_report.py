"""File a report: somebody tells the moderators about an account and what it did.

Three doors lead here: a member reports in an app or on our page, or another server sends a Flag.
The report, its case and the texts of what it is about are written together, or not at all: who
deletes a post a second later deletes nothing of it.
"""

from collections.abc import Sequence

from watertower.accounts.access.standing import require_may_interact
from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.accounts import find_account
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.moderation.errors.reports import CommentTooLong, NoSuchRule
from watertower.moderation.events import ReportFiled
from watertower.moderation.model.evidence import EvidenceFile
from watertower.moderation.model.reports import LONGEST_COMMENT, MOST_STATUSES, Complaint
from watertower.moderation.queries.reports import (
    find_report_by_once_key,
    insert_report,
    list_conversations_of,
    list_rules_in_force,
)
from watertower.moderation.steps.report_case import keep_evidence_of_report, open_case_of_report
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.queries.lines import list_lines_by_ids


async def file_report(
    ctx: Context,
    *,
    reporter_id: int,
    complaint: Complaint,
    uri: str | None = None,
    application_id: int | None = None,
    longest: int = LONGEST_COMMENT,
    attachments: Sequence[EvidenceFile] = (),
    once_key: str | None = None,
) -> int | None:
    """Keep the report, open its case and seal its evidence; its id, None for a Flag known before.

    `uri` is the id of the Flag for reports from elsewhere. Raises MayNotAct, AccountNotFound,
    StatusNotFound for a status that is not the account's or that the reporter may not see,
    NoSuchRule, CommentTooLong. A server reports in its own name what its members saw, so for its
    statuses the door checks only whose they are. `longest` is the limit of the door: apps that
    know no more stop at 1,000 characters. The same `once_key` again answers with the same report.
    """
    if uri is None and len(complaint.comment) > longest:
        raise CommentTooLong(longest)
    async with ctx.transaction() as tx:
        if uri is None:
            await require_may_interact(tx, account_id=reporter_id)
            await _require_statuses(tx, complaint, reporter_id=reporter_id)
        await _require_target(tx, complaint)
        await _require_rules(tx, complaint)
        threads = await list_conversations_of(tx, status_ids=complaint.status_ids)
        report_id = await insert_report(
            tx,
            account_id=reporter_id,
            complaint=complaint,
            uri=uri,
            application_id=application_id,
            conversation_id=threads[0] if threads and complaint.is_about_thread else None,
            once_key=once_key,
            at=ctx.now(),
        )
        if report_id is None:
            if once_key is None:
                return None
            return await find_report_by_once_key(tx, once_key=once_key)
        case_id = await open_case_of_report(
            tx, at=ctx.now(), report_id=report_id, complaint=complaint, conversation_ids=threads
        )
        await keep_evidence_of_report(
            tx,
            at=ctx.now(),
            case_id=case_id,
            report_id=report_id,
            complaint=complaint,
            # A server sees for all its members: what is public, and what it names.
            seen_by=reporter_id if uri is None else None,
            attachments=attachments,
        )
        await record(tx, ReportFiled(report_id=report_id))
    return report_id


async def _require_target(tx: Transaction, complaint: Complaint) -> None:
    if complaint.target_account_id is None:
        if not complaint.target_domain:
            raise AccountNotFound
        return
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
