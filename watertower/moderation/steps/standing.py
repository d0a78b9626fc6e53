"""Acting on an account, and taking it back, inside somebody's transaction.

What is in force at the same time for the same reason is counted once: of two limits the first
changes how the account stands, and only the last one undone gives back how it stood before.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.standing import Marks, hold_marks
from watertower.accounts.steps import standing as levers
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.moderation.errors.standing import (
    AccountGone,
    ActionNotFound,
    EndsInThePast,
    MessageMissing,
    MessageTooLong,
    NotAMember,
    NotOnOneself,
    ReasonMissing,
    StatusesMissing,
)
from watertower.moderation.events import ActionTaken, ActionUndone
from watertower.moderation.model.standing import (
    KEPT_POSTS,
    LONGEST_MESSAGE,
    MOST_STATUSES,
    OF_MEMBERS,
    OF_STANDING,
    OF_STATUSES,
    REVIEW_OF_EMERGENCY,
    REVIEW_OF_LIMIT,
    Action,
    Decision,
    Kind,
)
from watertower.moderation.queries.standing import (
    find_action,
    find_same,
    hold_action,
    insert_action,
    list_in_force,
    update_undoing,
    update_undone,
)
from watertower.moderation.steps.freeze_checks import require_no_egregious_harm
from watertower.moderation.steps.log import log
from watertower.moderation.steps.tell import tell_of_decision, tell_of_end
from watertower.statuses.queries.withheld import list_of_author
from watertower.statuses.steps.withhold import cover, give_back, uncover, withhold

LATEST_END = timedelta(days=3660)


async def act_in(tx: Transaction, ctx: Context, *, decision: Decision, actor_id: int | None) -> int:
    """Do what was decided; the action's id. `actor_id` None: the server, by clock or rule.

    The same decision by the same person within five minutes is the same action. Raises
    AccountNotFound, AccountGone, NotOnOneself, NotAMember, ReasonMissing, MessageMissing,
    MessageTooLong, StatusesMissing, EndsInThePast, EgregiousHarm.
    """
    now = ctx.now()
    if decision.kind is Kind.FREEZE and decision.case_id is not None:
        await require_no_egregious_harm(tx, case_id=decision.case_id)
    held = await hold_marks(tx, account_id=decision.target_account_id)
    marks = _require(ctx, decision, held, actor_id)
    decision = await _completed(tx, decision, now)
    same = await find_same(tx, decision=decision, actor_id=actor_id, at=now)
    if same is not None:
        return same
    action_id = await insert_action(
        tx,
        decision=decision,
        actor_id=actor_id,
        undoing=await _do(tx, decision, marks, now),
        at=now,
    )
    await log(
        tx,
        at=now,
        actor_id=actor_id,
        verb=str(decision.kind),
        subject=("account", decision.target_account_id),
        case_id=decision.case_id,
        reason=decision.reason,
        details={
            "action_id": str(action_id),
            "status_ids": [str(status_id) for status_id in decision.status_ids],
            "ends_at": decision.ends_at and decision.ends_at.isoformat(),
            "is_emergency": decision.is_emergency,
        },
    )
    await record(tx, ActionTaken(action_id=action_id))
    if decision.is_mailed and marks.domain is None:
        action = await find_action(tx, action_id=action_id)
        if action is not None:
            await tell_of_decision(tx, ctx, action=action)
    return action_id


async def undo_in(
    tx: Transaction, ctx: Context, *, actor_id: int | None, action_id: int, reason: str
) -> bool:
    """Take an action back: everything is as it was before; False if that was done before.

    Raises ActionNotFound, NotOnOneself, AccountGone for a suspension whose account was purged.
    """
    now = ctx.now()
    found = await find_action(tx, action_id=action_id)
    if found is None:
        raise ActionNotFound
    if actor_id is not None and actor_id == found.target_account_id:
        raise NotOnOneself
    # Always the account first, so that two decisions never wait for one another in turn.
    marks = await hold_marks(tx, account_id=found.target_account_id)
    action = await hold_action(tx, action_id=action_id) or found
    if marks is not None and marks.deleted_at is not None and action.kind is Kind.SUSPEND:
        raise AccountGone
    if not await update_undone(
        tx, action_id=action_id, actor_id=actor_id, reason=reason[:LONGEST_MESSAGE], at=now
    ):
        return False
    if action.kind in OF_STANDING:
        await _undo_standing(tx, ctx, action)
    elif action.kind in OF_STATUSES:
        await _undo_statuses(tx, action)
    await log(
        tx,
        at=now,
        actor_id=actor_id,
        verb=f"undo {action.kind}",
        subject=("account", action.target_account_id),
        case_id=action.case_id,
        reason=reason,
        details={"action_id": str(action_id)},
    )
    await record(tx, ActionUndone(action_id=action_id))
    if marks is not None and marks.domain is None:
        await tell_of_end(tx, ctx, action=action)
    return True


async def lift_in(
    tx: Transaction,
    ctx: Context,
    *,
    actor_id: int | None,
    account_id: int,
    kind: Kind,
    reason: str,
) -> bool:
    """Undo whatever of this kind is in force about an account, however it came about.

    Answers whether anything changed. Raises AccountNotFound, AccountGone, NotOnOneself.
    """
    marks = await hold_marks(tx, account_id=account_id)
    if marks is None:
        raise AccountNotFound
    if marks.deleted_at is not None:
        raise AccountGone
    if actor_id == account_id:
        raise NotOnOneself
    changed = False
    for action in await list_in_force(tx, account_id=account_id, kind=kind):
        changed |= await undo_in(tx, ctx, actor_id=actor_id, action_id=action.id, reason=reason)
    # What was decided by other means than an action, as by a server's earlier software.
    if await _lever(kind, is_undoing=True)(tx, account_id=account_id, at=ctx.now()):
        changed = True
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb=f"undo {kind}",
            subject=("account", account_id),
            reason=reason,
        )
    return changed


def _require(ctx: Context, decision: Decision, marks: Marks | None, actor_id: int | None) -> Marks:
    """The marks of who is decided about; raises for what makes no sense."""
    kind, now = decision.kind, ctx.now()
    # The server's own account is nobody who could be moderated.
    if marks is None or marks.account_id <= 0:
        raise AccountNotFound
    if marks.deleted_at is not None:
        raise AccountGone
    if actor_id is not None and actor_id == decision.target_account_id:
        raise NotOnOneself
    if kind in OF_MEMBERS and marks.domain is not None:
        raise NotAMember
    if max(len(decision.reason), len(decision.message)) > LONGEST_MESSAGE:
        raise MessageTooLong
    if kind in {Kind.NONE, Kind.REMOVE_STATUSES} and not decision.reason.strip():
        raise ReasonMissing
    if kind is Kind.WARNING and not decision.message.strip():
        raise MessageMissing
    if decision.ends_at is not None and (
        not now < decision.ends_at < now + LATEST_END or kind in {Kind.NONE, Kind.WARNING}
    ):
        raise EndsInThePast
    return marks


async def _completed(tx: Transaction, decision: Decision, now: datetime) -> Decision:
    """The decision with its posts checked and the date on which somebody looks again."""
    status_ids = sorted(set(decision.status_ids))
    if len(status_ids) > MOST_STATUSES or (decision.kind in OF_STATUSES and not status_ids):
        raise StatusesMissing
    known = await list_of_author(tx, status_ids=status_ids, account_id=decision.target_account_id)
    if set(status_ids) - known:
        raise StatusesMissing
    review_at = decision.review_at
    if review_at is None and decision.is_emergency:
        review_at = now + REVIEW_OF_EMERGENCY
    elif review_at is None and decision.kind is Kind.LIMIT and decision.ends_at is None:
        review_at = now + REVIEW_OF_LIMIT
    return Decision(
        **{
            **{name: getattr(decision, name) for name in Decision.__dataclass_fields__},
            "status_ids": status_ids,
            "rule_ids": sorted(set(decision.rule_ids)),
            "review_at": review_at,
        }
    )


async def _do(tx: Transaction, decision: Decision, marks: Marks, now: datetime) -> dict[str, Any]:
    """Do it; what undoing needs to know."""
    kind = decision.kind
    if kind in OF_STANDING:
        changed = await _lever(kind)(tx, account_id=decision.target_account_id, at=now)
        undoing: dict[str, Any] = {"changed": changed}
        if kind is Kind.SUSPEND and changed and marks.is_suspended_by_origin:
            undoing["was_by_origin"] = True
        return undoing
    if kind is Kind.REMOVE_STATUSES:
        taken = await withhold(
            tx,
            status_ids=decision.status_ids,
            at=now,
            kept_until=now + KEPT_POSTS,
        )
        return {"status_ids": taken}
    if kind is Kind.MARK_STATUSES_SENSITIVE:
        return {"status_ids": await cover(tx, status_ids=decision.status_ids)}
    return {}


async def _undo_standing(tx: Transaction, ctx: Context, action: Action) -> None:
    if not action.undoing.get("changed"):
        return
    others = await list_in_force(tx, account_id=action.target_account_id, kind=action.kind)
    if others:
        # It stays as it is; whoever is undone last restores what was before the first.
        await update_undoing(tx, action_id=others[0].id, undoing=action.undoing)
    elif action.kind is Kind.SUSPEND:
        await levers.restore(
            tx,
            account_id=action.target_account_id,
            at=ctx.now(),
            is_left_to_origin=bool(action.undoing.get("was_by_origin")),
        )
    else:
        await _lever(action.kind, is_undoing=True)(
            tx, account_id=action.target_account_id, at=ctx.now()
        )


async def _undo_statuses(tx: Transaction, action: Action) -> None:
    mine = set(action.undoing.get("status_ids", ()))
    for other in await list_in_force(tx, account_id=action.target_account_id, kind=action.kind):
        shared = mine & set(other.status_ids)
        if shared:
            theirs = sorted(shared | set(other.undoing.get("status_ids", ())))
            await update_undoing(tx, action_id=other.id, undoing={"status_ids": theirs})
            mine -= shared
    await _restore_statuses(tx, action, sorted(mine))


async def _restore_statuses(tx: Transaction, action: Action, status_ids: Sequence[int]) -> None:
    if action.kind is Kind.REMOVE_STATUSES:
        await give_back(tx, status_ids=status_ids)
    else:
        await uncover(tx, status_ids=status_ids, covered_at=action.created_at)


def _lever(kind: Kind, *, is_undoing: bool = False) -> Any:
    does, undoes = {
        Kind.SUSPEND: (levers.suspend, levers.restore),
        Kind.LIMIT: (levers.limit, levers.unlimit),
        Kind.SENSITIZE: (levers.sensitize, levers.unsensitize),
        Kind.FREEZE: (levers.freeze, levers.unfreeze),
    }[kind]
    return undoes if is_undoing else does
