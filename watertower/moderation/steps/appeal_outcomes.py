"""What follows from the outcome of an appeal, in the transaction of the decision."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.cases import EvidenceIsGone, WrongState
from watertower.moderation.model.appeals import WINDOW, Appeal, Outcome, Verdict
from watertower.moderation.model.freeze import COMPLETE_WITHIN, NewFreeze
from watertower.moderation.model.standing import OF_STATUSES, Action, Decision, Kind
from watertower.moderation.queries.freezes import find_freeze
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.freeze_begin import freeze_in
from watertower.moderation.steps.freeze_clock import resume_after_appeal
from watertower.moderation.steps.reopen import reopen_case
from watertower.moderation.steps.standing import act_in, undo_in
from watertower.statuses.queries.withheld import update_kept_until


async def carry_out(
    tx: Transaction,
    ctx: Context,
    *,
    appeal: Appeal,
    verdict: Verdict,
    message: str,
    actor_id: int,
) -> int | None:
    """Do what was decided; the id of the action that takes the old one's place, if any does.

    Accepted restores the exact state before. Changed and returned do so first, and then act
    anew, so that nothing of the old decision is left beside the new one.
    """
    action = await find_action(tx, action_id=appeal.action_id)
    if action is None:
        return None
    if verdict.outcome is Outcome.REJECTED:
        await resume_after_appeal(tx, ctx, action_id=action.id)
        if action.kind is Kind.REMOVE_STATUSES:
            await update_kept_until(tx, status_ids=action.status_ids, kept_until=ctx.now() + WINDOW)
        return None
    if verdict.outcome is Outcome.RETURNED and action.kind is Kind.FREEZE:
        await resume_after_appeal(tx, ctx, action_id=action.id, tasks=verdict.tasks)
        return None
    reason = f"Appeal {appeal.id}: {verdict.outcome}"
    await undo_in(tx, ctx, actor_id=actor_id, action_id=action.id, reason=reason)
    if verdict.outcome is Outcome.CHANGED:
        return await _change(tx, ctx, action, verdict, message, actor_id=actor_id, reason=reason)
    if verdict.outcome is Outcome.RETURNED:
        return await _freeze(tx, ctx, action, verdict, message, actor_id=actor_id, reason=reason)
    return None


async def _change(
    tx: Transaction,
    ctx: Context,
    action: Action,
    verdict: Verdict,
    message: str,
    *,
    actor_id: int,
    reason: str,
) -> int:
    assert verdict.kind is not None  # noqa: S101  # the action has checked it
    return await act_in(
        tx,
        ctx,
        actor_id=actor_id,
        decision=Decision(
            kind=verdict.kind,
            target_account_id=action.target_account_id,
            case_id=action.case_id,
            reason=reason,
            message=message,
            rule_ids=action.rule_ids,
            status_ids=action.status_ids if verdict.kind in OF_STATUSES else (),
            ends_at=verdict.ends_at,
        ),
    )


async def _freeze(
    tx: Transaction,
    ctx: Context,
    action: Action,
    verdict: Verdict,
    message: str,
    *,
    actor_id: int,
    reason: str,
) -> int | None:
    """A freeze with tasks in the place of a suspension; spoken about in its case, opened again."""
    now, case_id = ctx.now(), action.case_id
    if case_id is not None:
        try:
            await reopen_case(
                tx,
                at=now,
                case_id=case_id,
                actor_id=None,
                because=reason,
                due_at=now + COMPLETE_WITHIN,
            )
        except (EvidenceIsGone, WrongState):
            case_id = None  # it cannot be spoken about there any more; the freeze opens a new one
    freeze_id = await freeze_in(
        tx,
        ctx,
        actor_id=actor_id,
        wanted=NewFreeze(
            account_id=action.target_account_id,
            message=message,
            case_id=case_id,
            reason=reason,
            rule_ids=action.rule_ids,
            tasks=verdict.tasks,
        ),
    )
    made = await find_freeze(tx, freeze_id=freeze_id)
    return None if made is None else made.action_id
