"""Decide what was missed: a lead says what becomes of a freeze whose deadline passed."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.freeze import NotEscalated, WordsMissing
from watertower.moderation.model.freeze import Freeze, Outcome, State, Step
from watertower.moderation.model.freeze_words import NO_LONGER_FROZEN, told_when_kept
from watertower.moderation.model.standing import Decision, Kind
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.cases import record_outcome
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.freeze import case_of, end, hold_for_team, note, stop_clock
from watertower.moderation.steps.standing import act_in, lift_in


async def decide_missed(
    ctx: Context,
    *,
    actor_id: int,
    freeze_id: int,
    outcome: Outcome,
    reason: str,
    message: str = "",
) -> None:
    """Remain frozen without a clock, or a limit or a suspension in its place.

    The gate has checked that the actor leads. Raises FreezeNotFound, NotNow, NotEscalated when the
    person has answered meanwhile or somebody decided, WordsMissing.
    """
    async with ctx.transaction() as tx:
        freeze = await hold_for_team(tx, viewer_id=actor_id, freeze_id=freeze_id, step=Step.DECIDE)
        if not freeze.is_escalated:
            raise NotEscalated
        if not reason.strip():
            raise WordsMissing("reason")
        await note(
            tx,
            freeze,
            at=ctx.now(),
            actor_id=actor_id,
            verb=f"decide missed deadline: {outcome}",
            reason=reason,
        )
        if outcome is Outcome.REMAIN:
            await stop_clock(tx, freeze, state=freeze.state, kept_at=ctx.now())
            await _say(tx, ctx, freeze, actor_id=actor_id, text=told_when_kept(message))
        else:
            await _replace(
                tx, ctx, freeze, actor_id=actor_id, kind=outcome, reason=reason, message=message
            )


async def _replace(
    tx: Transaction,
    ctx: Context,
    freeze: Freeze,
    *,
    actor_id: int,
    kind: Outcome,
    reason: str,
    message: str,
) -> None:
    """Something else instead. A suspension that is undone leads back into the freeze."""
    froze = await find_action(tx, action_id=freeze.action_id)
    now = ctx.now()
    await act_in(
        tx,
        ctx,
        decision=Decision(
            Kind.LIMIT if kind is Outcome.LIMIT else Kind.SUSPEND,
            freeze.account_id,
            case_id=freeze.case_id,
            reason=reason.strip(),
            message=message.strip(),
            rule_ids=froze.rule_ids if froze is not None else (),
        ),
        actor_id=actor_id,
    )
    if kind is Outcome.LIMIT:
        await _say(tx, ctx, freeze, actor_id=actor_id, text=NO_LONGER_FROZEN)
        await end(tx, freeze, state=State.LIMITED, at=now)
        await lift_in(
            tx,
            ctx,
            actor_id=actor_id,
            account_id=freeze.account_id,
            kind=Kind.FREEZE,
            reason=reason.strip(),
        )
    else:
        await end(tx, freeze, state=State.SUSPENDED, at=now)
    if freeze.case_id is not None:
        await record_outcome(
            tx,
            at=now,
            case_id=freeze.case_id,
            outcome=str(kind),
            reason=reason.strip(),
            actor_id=actor_id,
        )


async def _say(tx: Transaction, ctx: Context, freeze: Freeze, *, actor_id: int, text: str) -> None:
    await say(
        tx,
        ctx,
        case_id=await case_of(tx, freeze, at=ctx.now()),
        thread="reported",
        with_account_id=freeze.account_id,
        from_team=True,
        author_id=actor_id,
        text=text,
    )
