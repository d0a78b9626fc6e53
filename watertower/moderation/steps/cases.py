"""Cases are opened, decided and closed here, in the transaction of whatever leads to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.moderation.errors.cases import (
    AlreadyDecided,
    CaseClosed,
    CaseNotFound,
    WrongState,
)
from watertower.moderation.events import CaseDecided, CaseEnded, CaseOpened
from watertower.moderation.model.cases import Case, CaseState, stronger, urgency_of
from watertower.moderation.queries.case_parts import has_review_waiting
from watertower.moderation.queries.cases import (
    find_open_case_about,
    free_suggested,
    has_earlier_case,
    insert_case,
    lock_case,
    lock_case_for,
    lock_subject,
    resolve_reports,
    update_case,
)
from watertower.moderation.steps.case_policy import case_policy
from watertower.moderation.steps.log import log


async def open_case(
    tx: Transaction,
    *,
    at: datetime,
    kind: str = "report",
    target_account_id: int | None = None,
    target_domain: str | None = None,
    opened_by: int | None = None,
    title: str = "",
    language: str | None = None,
    is_time_critical: bool = False,
    is_graphic: bool = False,
    conversation_ids: Sequence[int] = (),
    may_fold: bool = True,
) -> int:
    """A new case; its id. kind: report, research, pattern or practice.

    If an open case is about the same account, server or one of these threads, the new one is
    shown under it until a moderator confirms or denies that they belong together; `may_fold`
    False leaves that out. First look due by policy: 24 hours, 15 minutes if time-critical.
    """
    policy = await case_policy(tx)
    suggested: tuple[int, str] | None = None
    if may_fold and kind != "practice" and (target_account_id or target_domain):
        await lock_subject(tx, subject=str(target_account_id or target_domain))
        suggested = await find_open_case_about(
            tx,
            account_id=target_account_id,
            domain=target_domain,
            conversation_ids=list(conversation_ids),
        )
    within = (
        timedelta(minutes=policy.time_critical_minutes)
        if is_time_critical
        else timedelta(hours=policy.first_look_hours)
    )
    case_id = await insert_case(
        tx,
        kind=kind,
        title=title,
        target_account_id=target_account_id,
        target_domain=target_domain,
        language=language,
        is_time_critical=is_time_critical,
        is_graphic=is_graphic,
        opened_by=opened_by,
        due_at=at + within,
        urgency=urgency_of(None, is_time_critical=is_time_critical),
        # What cannot wait is not hidden under another line of the queue.
        suggested_case_id=suggested[0] if suggested and not is_time_critical else None,
        suggested_because=suggested[1] if suggested and not is_time_critical else "",
        at=at,
    )
    await record(tx, CaseOpened(case_id=case_id))
    return case_id


async def require_case(tx: Transaction, *, viewer_id: int, case_id: int) -> Case:
    """The case for somebody who is about to act on it, held until the transaction ends.

    Raises CaseNotFound for its target, its reporters and those who stepped aside.
    """
    found = await lock_case_for(tx, viewer_id=viewer_id, case_id=case_id)
    if found is None:
        raise CaseNotFound
    return found


async def require_open_case(tx: Transaction, *, viewer_id: int, case_id: int) -> Case:
    """The same, and still open: CaseClosed otherwise."""
    found = await require_case(tx, viewer_id=viewer_id, case_id=case_id)
    if not found.is_open:
        raise CaseClosed
    return found


async def record_outcome(
    tx: Transaction,
    *,
    at: datetime,
    case_id: int,
    outcome: str,
    reason: str = "",
    actor_id: int | None = None,
    is_first: bool = False,
) -> None:
    """The case is decided; the strongest outcome stays written. `outcome` is a word of OUTCOMES.

    With `is_first` AlreadyDecided is raised if somebody decided before: of two moderators who
    decide at once, one wins. Raises CaseNotFound.
    """
    case = await lock_case(tx, case_id=case_id)
    if case is None:
        raise CaseNotFound
    if is_first and case.decided_at is not None:
        raise AlreadyDecided
    state = case.state if case.closed_at is not None else CaseState.DECIDED
    kept = stronger(case.outcome, outcome) if case.decided_at is not None else outcome
    await update_case(
        tx,
        case_id=case_id,
        at=at,
        state=str(state),
        outcome=kept,
        outcome_reason=reason or case.outcome_reason,
        decided_at=case.decided_at or at,
        due_at=None,
    )
    await log(
        tx,
        at=at,
        actor_id=actor_id,
        verb="decide",
        subject=("case", case_id),
        case_id=case_id,
        reason=reason,
        details={"outcome": outcome},
    )
    await record(tx, CaseDecided(case_id=case_id))


async def close_case(
    tx: Transaction,
    *,
    at: datetime,
    case_id: int,
    actor_id: int | None,
    reason: str = "",
) -> bool:
    """Close a case and its reports; the clock of its evidence starts. False if it was closed.

    A case nobody decided is closed with the outcome "none". Raises CaseNotFound, and WrongState
    while something that was done in an emergency waits for its review.
    """
    case = await lock_case(tx, case_id=case_id)
    if case is None:
        raise CaseNotFound
    if not case.is_open:
        return False
    if await has_review_waiting(tx, case_id=case_id):
        raise WrongState("What was done in an emergency waits for its review")
    policy = await case_policy(tx)
    outcome = case.outcome or "none"
    is_repeat = case.target_account_id is not None and await has_earlier_case(
        tx, account_id=case.target_account_id, case_id=case_id
    )
    await update_case(
        tx,
        case_id=case_id,
        at=at,
        state=str(CaseState.CLOSED),
        outcome=outcome,
        outcome_reason=reason or case.outcome_reason,
        decided_at=case.decided_at or at,
        closed_at=at,
        due_at=None,
        suggested_case_id=None,
        suggested_because="",
        retained_until=at + policy.keeps_for(outcome, is_repeat=is_repeat),
    )
    await resolve_reports(tx, case_id=case_id, by=actor_id, at=at)
    await free_suggested(tx, case_id=case_id)
    await log(
        tx,
        at=at,
        actor_id=actor_id,
        verb="close",
        subject=("case", case_id),
        case_id=case_id,
        reason=reason,
        details={"outcome": outcome},
    )
    await record(tx, CaseEnded(case_id=case_id))
    return True
