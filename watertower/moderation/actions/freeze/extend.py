"""Extend: more time, because the person asks or a moderator sees that it is needed."""

from datetime import datetime, timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.freeze import NoMoreTime, WordsMissing, WrongClock
from watertower.moderation.model.freeze import (
    EXTENSION_DAYS,
    LONGEST_EXTENSION_DAYS,
    MOST_EXTENSIONS,
    Freeze,
    State,
    Step,
)
from watertower.moderation.model.freeze_words import told_of_more_time
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.freeze import (
    case_of,
    hold_for_team,
    hold_own,
    note,
    require_step,
    run_clock,
)


async def extend(
    ctx: Context, *, actor_id: int, freeze_id: int, reason: str, days: int = EXTENSION_DAYS
) -> None:
    """Move the deadlines by 1 to 30 days and tell the person; twice at most in one freeze.

    What was missed is no longer missed. Raises FreezeNotFound, NotNow, NoMoreTime, WordsMissing,
    WrongClock.
    """
    if not 1 <= days <= LONGEST_EXTENSION_DAYS:
        raise WrongClock(f"Validation failed: Days must be 1 to {LONGEST_EXTENSION_DAYS}")
    async with ctx.transaction() as tx:
        freeze = await hold_for_team(tx, viewer_id=actor_id, freeze_id=freeze_id, step=Step.EXTEND)
        await _extend(tx, ctx, freeze, actor_id=actor_id, reason=reason, days=days)


async def take_more_time(ctx: Context, *, account_id: int, reason: str) -> None:
    """The person asks and has it: a week, out of the same two extensions. Raises as extend."""
    async with ctx.transaction() as tx:
        freeze = await hold_own(tx, account_id=account_id)
        require_step(freeze, Step.EXTEND)
        if reason.strip():
            await say(
                tx,
                ctx,
                case_id=await case_of(tx, freeze, at=ctx.now()),
                thread="reported",
                with_account_id=account_id,
                from_team=False,
                author_id=account_id,
                text=f"I need more time: {reason.strip()}",
            )
        await _extend(tx, ctx, freeze, actor_id=account_id, reason=reason, days=EXTENSION_DAYS)


async def _extend(
    tx: Transaction, ctx: Context, freeze: Freeze, *, actor_id: int, reason: str, days: int
) -> None:
    if freeze.extensions >= MOST_EXTENSIONS:
        raise NoMoreTime
    if not reason.strip():
        raise WordsMissing("reason")
    now, more = ctx.now(), timedelta(days=days)
    respond_by = freeze.respond_by
    is_waiting = freeze.state is State.AWAITING_RESPONSE
    if is_waiting:
        respond_by = _later(freeze.respond_by, now, more)
    complete_by = max(_later(freeze.complete_by, now, more), respond_by + more)
    await say(
        tx,
        ctx,
        case_id=await case_of(tx, freeze, at=now),
        thread="reported",
        with_account_id=freeze.account_id,
        from_team=True,
        author_id=None if actor_id == freeze.account_id else actor_id,
        text=told_of_more_time(freeze, respond_by=respond_by, complete_by=complete_by),
    )
    await note(tx, freeze, at=now, actor_id=actor_id, verb="extend freeze", reason=reason)
    await run_clock(
        tx,
        freeze,
        at=now,
        due=respond_by if is_waiting else complete_by,
        state=freeze.state,
        respond_by=respond_by,
        complete_by=complete_by,
        extensions=freeze.extensions + 1,
        escalated_at=None,
        kept_at=None,
    )


def _later(due: datetime, now: datetime, more: timedelta) -> datetime:
    return max(due, now) + more
