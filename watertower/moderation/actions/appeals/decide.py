"""Decide: an appeal is accepted, rejected, accepted in part, or returned with a request.

Changing a suspension takes two moderators: the first proposes, the second agrees, and then
everything happens in one transaction. Where nobody else is there, one is enough and the person
is told so.
"""

from datetime import datetime
from typing import Any

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.moderation.errors.appeals import (
    ContactNotVerified,
    NothingToAppeal,
    NotLighter,
    TasksMissing,
    WrongState,
)
from watertower.moderation.events import AppealDecided, AppealProposed
from watertower.moderation.model.appeals import TEAMS, Appeal, Outcome, State, Verdict, is_lighter
from watertower.moderation.model.freeze import NewTask, TaskKind
from watertower.moderation.model.standing import OF_MEMBERS, Kind
from watertower.moderation.queries.appeals import update_appeal
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.appeal_judges import require_judge, require_second, seconds_of
from watertower.moderation.steps.appeal_outcomes import carry_out
from watertower.moderation.steps.appeals import said
from watertower.moderation.steps.log import log


async def decide_appeal(ctx: Context, *, actor_id: int, appeal_id: int, verdict: Verdict) -> bool:
    """Decide; False if it now waits for a second moderator. Every outcome comes with a message.

    Raises AppealNotFound, DecidedIt, AppealClosed, ContactNotVerified, TextMissing, NotLighter,
    TasksMissing, NothingToAppeal when only keeping the decision or giving everything back is left.
    """
    message = said(verdict.message)
    is_changed, is_returned = (
        verdict.outcome is one for one in (Outcome.CHANGED, Outcome.RETURNED)
    )
    # A form sends all its fields; only those of the outcome mean anything.
    verdict = Verdict(
        verdict.outcome,
        message,
        verdict.kind if is_changed else None,
        verdict.ends_at if is_changed else None,
        verdict.tasks if is_returned else (),
    )
    async with ctx.transaction() as tx:
        appeal = await require_judge(tx, actor_id=actor_id, appeal_id=appeal_id)
        await _require(tx, appeal, verdict)
        is_change = verdict.outcome is not Outcome.REJECTED
        if (
            appeal.needs_second
            and is_change
            and await seconds_of(tx, appeal=appeal, first_id=actor_id)
        ):
            await _propose(tx, ctx, appeal, verdict, message, actor_id=actor_id)
            return False
        await _decide(tx, ctx, appeal, verdict, message, first_id=actor_id, second_id=None)
    return True


async def second(ctx: Context, *, actor_id: int, appeal_id: int) -> None:
    """Agree to what a colleague proposed; it is carried out. Raises NotTheSecond, AppealClosed."""
    async with ctx.transaction() as tx:
        appeal = await require_second(tx, actor_id=actor_id, appeal_id=appeal_id)
        assert appeal.proposal is not None  # noqa: S101  # who proposed is written with what
        verdict = verdict_of(dict(appeal.proposal))
        await _require(tx, appeal, verdict)
        await _decide(
            tx,
            ctx,
            appeal,
            verdict,
            verdict.message,
            first_id=appeal.proposed_by_account_id or actor_id,
            second_id=actor_id,
        )


async def drop_proposal(ctx: Context, *, actor_id: int, appeal_id: int, reason: str) -> None:
    """The second does not agree, or the first thought better of it. Raises WrongState."""
    async with ctx.transaction() as tx:
        appeal = await require_judge(tx, actor_id=actor_id, appeal_id=appeal_id)
        if appeal.proposal is None:
            raise WrongState
        await update_appeal(
            tx,
            appeal_id=appeal_id,
            at=ctx.now(),
            proposal=None,
            proposed_by_account_id=None,
            proposed_at=None,
        )
        await _log(
            tx,
            ctx,
            appeal,
            actor_id,
            verb="drop proposal about appeal",
            details={},
            reason=said(reason),
        )


def verdict_of(proposal: dict[str, Any]) -> Verdict:
    """A proposal as it is kept, as a verdict again."""
    return Verdict(
        Outcome(proposal["outcome"]),
        proposal["message"],
        Kind(proposal["kind"]) if proposal["kind"] else None,
        datetime.fromisoformat(proposal["ends_at"]) if proposal["ends_at"] else None,
        [NewTask(**(one | {"kind": TaskKind(one["kind"])})) for one in proposal["tasks"]],
    )


async def _require(tx: Transaction, appeal: Appeal, verdict: Verdict) -> None:
    if not appeal.is_with_team:
        raise ContactNotVerified
    if verdict.outcome not in TEAMS:
        raise WrongState
    action = await find_action(tx, action_id=appeal.action_id)
    is_undone = action is None or action.undone_at is not None
    if is_undone and verdict.outcome in {Outcome.CHANGED, Outcome.RETURNED}:
        raise NothingToAppeal
    if verdict.outcome is Outcome.CHANGED:
        kind = verdict.kind
        if kind is None or kind is Kind.FREEZE or not is_lighter(kind, appeal.kind):
            raise NotLighter
        if appeal.filed_by != "member" and kind in OF_MEMBERS:
            raise NotLighter("That can only be done about members of this server.")
    if verdict.outcome is Outcome.RETURNED:
        if not verdict.tasks:
            raise TasksMissing
        # A freeze with tasks is lighter than a suspension; a freeze is asked for more.
        if appeal.kind not in {Kind.SUSPEND, Kind.FREEZE} or appeal.filed_by != "member":
            raise NotLighter


async def _propose(
    tx: Transaction,
    ctx: Context,
    appeal: Appeal,
    verdict: Verdict,
    message: str,
    *,
    actor_id: int,
) -> None:
    proposal = {
        "outcome": str(verdict.outcome),
        "message": message,
        "kind": str(verdict.kind or ""),
        "ends_at": verdict.ends_at.isoformat() if verdict.ends_at else "",
        "tasks": [
            {name: getattr(task, name) for name in NewTask.__dataclass_fields__}
            for task in verdict.tasks
        ],
    }
    await update_appeal(
        tx,
        appeal_id=appeal.id,
        at=ctx.now(),
        proposal=proposal,
        proposed_by_account_id=actor_id,
        proposed_at=ctx.now(),
    )
    await _log(
        tx,
        ctx,
        appeal,
        actor_id,
        verb="propose about appeal",
        details={"outcome": str(verdict.outcome)},
    )
    await record(tx, AppealProposed(appeal_id=appeal.id))


async def _decide(
    tx: Transaction,
    ctx: Context,
    appeal: Appeal,
    verdict: Verdict,
    message: str,
    *,
    first_id: int,
    second_id: int | None,
) -> None:
    """Carry it out, write it down, announce it."""
    new_action_id = await carry_out(
        tx, ctx, appeal=appeal, verdict=verdict, message=message, actor_id=second_id or first_id
    )
    await update_appeal(
        tx,
        appeal_id=appeal.id,
        at=ctx.now(),
        state=str(State.DECIDED),
        outcome=str(verdict.outcome),
        outcome_message=message,
        decided_at=ctx.now(),
        decided_by_account_id=first_id,
        seconded_by_account_id=second_id,
        assigned_account_id=appeal.assigned_account_id or first_id,
        is_same_moderator=first_id == appeal.decider_account_id,
        new_action_id=new_action_id,
        proposal=None,
    )
    await _log(
        tx,
        ctx,
        appeal,
        second_id or first_id,
        verb="decide appeal",
        details={
            "outcome": str(verdict.outcome),
            "decided_by": str(first_id),
            "seconded_by": str(second_id or ""),
        },
    )
    await record(tx, AppealDecided(appeal_id=appeal.id))


async def _log(
    tx: Transaction,
    ctx: Context,
    appeal: Appeal,
    actor_id: int,
    *,
    verb: str,
    details: dict[str, Any],
    reason: str = "",
) -> None:
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("appeal", appeal.id),
        case_id=appeal.case_id,
        reason=reason,
        details=details | {"action_id": str(appeal.action_id)},
    )
