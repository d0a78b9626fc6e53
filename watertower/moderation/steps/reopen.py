"""A closed case is opened again, by a moderator, an appeal, or because we were wrong."""

from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.cases import CaseNotFound, EvidenceIsGone, WrongState
from watertower.moderation.model.cases import CaseState
from watertower.moderation.queries.case_parts import withdraw_open_proposals
from watertower.moderation.queries.cases import (
    lock_case,
    lock_case_for,
    reopen_reports,
    update_case,
)
from watertower.moderation.steps.log import log


async def reopen_case(
    tx: Transaction,
    *,
    at: datetime,
    case_id: int,
    actor_id: int | None,
    because: str,
    due_at: datetime,
) -> bool:
    """Open it again; False if it is open. What was decided stays written in the log.

    `actor_id` None: by the clock, or by an appeal. Raises CaseNotFound, WrongState for a case that
    is part of another one, EvidenceIsGone past its retention.
    """
    case = (
        await lock_case(tx, case_id=case_id)
        if actor_id is None
        else await lock_case_for(tx, viewer_id=actor_id, case_id=case_id)
    )
    if case is None:
        raise CaseNotFound
    if case.merged_into_case_id is not None:
        raise WrongState("This case is part of another one; open that one")
    if case.closed_at is None:
        return False
    is_held = case.held_until is not None and case.held_until > at
    if case.retained_until is not None and case.retained_until < at and not is_held:
        raise EvidenceIsGone
    state = CaseState.ASSIGNED if case.assigned_account_id is not None else CaseState.TRIAGED
    await update_case(
        tx,
        case_id=case_id,
        at=at,
        state=str(state),
        closed_at=None,
        decided_at=None,
        retained_until=None,
        reopened_at=at,
        reopened_because=because[:2000],
        due_at=due_at,
    )
    await withdraw_open_proposals(tx, case_ids=[case_id], at=at)
    await reopen_reports(tx, case_id=case_id, at=at)
    await log(
        tx,
        at=at,
        actor_id=actor_id,
        verb="reopen",
        subject=("case", case_id),
        case_id=case_id,
        reason=because,
    )
    return True
