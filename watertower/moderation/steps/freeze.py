"""Moving a freeze on, inside somebody's transaction. What each step means is in its action.

Everybody holds the case first, then the account, then the freeze, as decisions in a case do, so
that two of them never wait for one another in turn.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.accounts.queries.standing import hold_marks
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.moderation.errors.freeze import FreezeNotFound, NotNow
from watertower.moderation.events import FreezeEnded, FreezeSubmitted
from watertower.moderation.model.freeze import (
    COMPLETE_WITHIN,
    REVIEW_WITHIN,
    Freeze,
    NewTask,
    State,
    Step,
)
from watertower.moderation.queries.cases import lock_case
from watertower.moderation.queries.freeze_tasks import insert_tasks, list_tasks
from watertower.moderation.queries.freezes import (
    find_freeze_for,
    find_open_freeze,
    lock_freeze,
    update_freeze,
)
from watertower.moderation.steps.cases import open_case
from watertower.moderation.steps.log import log
from watertower.moderation.steps.reminders import next_moment


async def hold_for_team(
    tx: Transaction, *, viewer_id: int, freeze_id: int, step: Step | None = None
) -> Freeze:
    """The freeze for a moderator who is about to act on it. Raises FreezeNotFound, NotNow."""
    found = await find_freeze_for(tx, viewer_id=viewer_id, freeze_id=freeze_id)
    if found is None:
        raise FreezeNotFound
    if found.case_id is not None:
        await lock_case(tx, case_id=found.case_id)
    await hold_marks(tx, account_id=found.account_id)
    held = await lock_freeze(tx, freeze_id=freeze_id)
    if held is None:
        raise FreezeNotFound
    if step is not None:
        require_step(held, step)
    return held


async def hold_own(tx: Transaction, *, account_id: int) -> Freeze:
    """The freeze that holds for a member who is about to act on it. Raises FreezeNotFound."""
    found = await find_open_freeze(tx, account_id=account_id)
    if found is None:
        raise FreezeNotFound
    if found.case_id is not None:
        await lock_case(tx, case_id=found.case_id)
    held = await lock_freeze(tx, freeze_id=found.id)
    if held is None or not held.is_open:
        raise FreezeNotFound
    return held


def require_step(freeze: Freeze, step: Step) -> None:
    """Raise NotNow unless this step leads on from where the freeze is."""
    if not freeze.allows(step):
        raise NotNow(step, freeze.state)


async def begin_work(tx: Transaction, freeze: Freeze, *, at: datetime) -> None:
    """The person answered or did something: the second clock runs, late or not.

    Who answers late is no longer put before a lead, and has as long as everybody.
    """
    if freeze.state is not State.AWAITING_RESPONSE and not freeze.escalated_at:
        return
    due = freeze.complete_by
    if freeze.escalated_at is not None:
        due = max(due, at + COMPLETE_WITHIN)
    await run_clock(
        tx,
        freeze,
        at=at,
        due=due,
        state=State.IN_PROGRESS,
        complete_by=due,
        answered_at=freeze.answered_at or at,
        escalated_at=None,
        kept_at=None,
    )


async def run_clock(
    tx: Transaction, freeze: Freeze, *, at: datetime, due: datetime, state: State, **also: Any
) -> None:
    """From now on this is waited for, until `due`."""
    await update_freeze(
        tx,
        freeze_id=freeze.id,
        state=str(state),
        clock_begun_at=at,
        clock_due_at=due,
        look_at=next_moment(at, due, after=at),
        **also,
    )


async def stop_clock(tx: Transaction, freeze: Freeze, *, state: State, **also: Any) -> None:
    """Nothing is waited for."""
    await update_freeze(
        tx, freeze_id=freeze.id, state=str(state), clock_due_at=None, look_at=None, **also
    )


async def end(
    tx: Transaction, freeze: Freeze, *, state: State, at: datetime, agreed: str = ""
) -> None:
    """The freeze is over. Whoever calls this has seen to the account."""
    await stop_clock(
        tx, freeze, state=state, ended_at=at, escalated_at=None, kept_at=None, agreed=agreed
    )
    await record(tx, FreezeEnded(freeze_id=freeze.id))


async def hand_in(
    tx: Transaction, freeze: Freeze, *, at: datetime, said_as: str, statement: str
) -> None:
    """The team looks at it within three days; the person's clock stands still."""
    await run_clock(
        tx,
        freeze,
        at=at,
        due=at + REVIEW_WITHIN,
        state=State.SUBMITTED,
        answered_at=freeze.answered_at or at,
        submitted_at=at,
        submitted_as=said_as,
        statement=statement,
        escalated_at=None,
        kept_at=None,
    )
    await record(tx, FreezeSubmitted(freeze_id=freeze.id))


async def go_on(tx: Transaction, freeze: Freeze, *, at: datetime) -> None:
    """It is the person's turn again, with as much time as at first."""
    due = max(freeze.complete_by, at + COMPLETE_WITHIN)
    await run_clock(
        tx,
        freeze,
        at=at,
        due=due,
        state=State.IN_PROGRESS,
        complete_by=due,
        submitted_at=None,
        submitted_as=None,
        ended_at=None,
        escalated_at=None,
        kept_at=None,
    )


async def add_tasks(
    tx: Transaction, freeze: Freeze, *, tasks: Sequence[NewTask], at: datetime
) -> None:
    """More is asked, after what was asked before."""
    before = await list_tasks(tx, freeze_ids=[freeze.id])
    await insert_tasks(
        tx,
        account_id=freeze.account_id,
        freeze_id=freeze.id,
        tasks=tasks,
        first=len(before[freeze.id]),
        at=at,
    )


async def case_of(tx: Transaction, freeze: Freeze, *, at: datetime) -> int:
    """The case in which is spoken about a freeze; one is opened for a freeze without."""
    if freeze.case_id is not None:
        return freeze.case_id
    case_id = await open_case(
        tx,
        at=at,
        kind="research",
        target_account_id=freeze.account_id,
        title="Freeze",
        may_fold=False,
    )
    await update_freeze(tx, freeze_id=freeze.id, case_id=case_id)
    return case_id


async def note(
    tx: Transaction,
    freeze: Freeze,
    *,
    at: datetime,
    actor_id: int | None,
    verb: str,
    reason: str = "",
) -> None:
    """A line of the audit log."""
    await log(
        tx,
        at=at,
        actor_id=actor_id,
        verb=verb,
        subject=("account", freeze.account_id),
        case_id=freeze.case_id,
        reason=reason,
        details={"freeze_id": str(freeze.id), "state": str(freeze.state)},
    )
