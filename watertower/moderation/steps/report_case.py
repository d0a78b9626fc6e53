"""A report becomes a case, and what it is about becomes evidence."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.moderation.model.evidence import EvidenceFile
from watertower.moderation.model.reports import Complaint
from watertower.moderation.queries.reports import update_case_of_report
from watertower.moderation.steps.cases import open_case
from watertower.moderation.steps.evidence import (
    add_evidence,
    keep_evidence_of_profile,
    keep_evidence_of_statuses,
)


async def open_case_of_report(
    tx: Transaction,
    *,
    at: datetime,
    report_id: int,
    complaint: Complaint,
    conversation_ids: Sequence[int],
) -> int:
    """The case of a new report; its id."""
    case_id = await open_case(
        tx,
        at=at,
        kind="report",
        target_account_id=complaint.target_account_id,
        target_domain=complaint.target_domain,
        language=complaint.language,
        is_time_critical=complaint.is_time_critical,
        is_graphic=complaint.is_graphic,
        conversation_ids=conversation_ids,
    )
    await update_case_of_report(tx, report_id=report_id, case_id=case_id)
    return case_id


async def keep_evidence_of_report(
    tx: Transaction,
    *,
    at: datetime,
    case_id: int,
    report_id: int,
    complaint: Complaint,
    seen_by: int | None,
    attachments: Sequence[EvidenceFile],
) -> None:
    """Seal the posts named, the thread around them, the profile, and what was attached."""
    await keep_evidence_of_statuses(
        tx, at=at, case_id=case_id, status_ids=complaint.status_ids, taken_by=seen_by
    )
    if complaint.target_account_id is not None:
        await keep_evidence_of_profile(
            tx, at=at, case_id=case_id, account_id=complaint.target_account_id, taken_by=seen_by
        )
    for number, file in enumerate(attachments, start=1):
        await add_evidence(
            tx,
            at=at,
            case_id=case_id,
            kind="document",
            subject_id=f"{report_id}:{number}",
            content={"report_id": str(report_id), "name": file.name},
            files=[file],
            is_private=True,
            is_graphic=complaint.is_graphic,
            taken_by=seen_by,
        )
