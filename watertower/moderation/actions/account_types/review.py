"""What staff decide about special accounts: review, approve, refuse, warn, take back, renew."""

from datetime import date

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.text.clean import clean_text
from watertower.moderation.errors.account_types import (
    SecondPersonNeeded,
    SomebodyElseDecides,
    WrongStep,
)
from watertower.moderation.errors.sign_ups import wrong
from watertower.moderation.model.account_types import (
    CATEGORIES,
    LEAVE_WITHIN,
    LONGEST_ANSWER,
    NOTICE_LASTS,
    REVIEW_WITHIN,
    Approval,
    State,
    Type,
)
from watertower.moderation.queries.account_types import insert_said, update_approval
from watertower.moderation.steps.account_types import held_approval, move_to, settle
from watertower.moderation.steps.log import log


async def begin_review(ctx: Context, *, actor_id: int, account_id: int) -> None:
    """Take an application on. Twice is no error."""
    async with ctx.transaction() as tx:
        approval = await _held(tx, actor_id, account_id)
        if approval.state is State.IN_REVIEW:
            return
        _require(approval, "review")
        _require_other(approval, actor_id)
        due_at = approval.due_at or ctx.now() + REVIEW_WITHIN
        await move_to(
            tx, ctx, approval, State.IN_REVIEW, actor_id=actor_id, from_team=True, due_at=due_at
        )


async def approve(
    ctx: Context, *, actor_id: int, account_id: int, category: str, reason: str = ""
) -> bool:
    """Approve: page entry, mark and rules at once. For a company two have to agree.

    Whether it is approved now: False, the first of two agreed. Raises WrongStep (a company
    without a verified domain too), SecondPersonNeeded, SomebodyElseDecides, Invalid.
    """
    if category not in CATEGORIES:
        raise wrong("category", f"must be one of {', '.join(CATEGORIES)}", "ERR_INCLUSION")
    async with ctx.transaction() as tx:
        approval = await _held(tx, actor_id, account_id)
        if approval.state is State.APPROVED:
            return True
        _require(approval, "approve")
        _require_other(approval, actor_id)
        if Type.CORPORATE in approval.types and approval.domain_verified_at is None:
            raise WrongStep("The domain is not verified yet: it has to link to the profile")
        if approval.needs_two:
            first = approval.first_approver_account_id
            if first == actor_id:
                raise SecondPersonNeeded
            if first is None:
                await update_approval(
                    tx, account_id=account_id, at=ctx.now(), first_approver_account_id=actor_id
                )
                await _log(
                    tx, ctx, actor_id, account_id, verb="account_type_first_agreed", reason=reason
                )
                return False
        await move_to(
            tx,
            ctx,
            approval,
            State.APPROVED,
            actor_id=actor_id,
            from_team=True,
            text=_text(reason),
            category=category,
            reason=_text(reason),
            decided_by_account_id=actor_id,
            approved_at=ctx.now(),
        )
    return True


async def refuse(ctx: Context, *, actor_id: int, account_id: int, reason: str) -> None:
    """Refuse, with a reason that the applicant reads. It can be appealed."""
    said = _needed(reason, "reason")
    async with ctx.transaction() as tx:
        approval = await _held(tx, actor_id, account_id)
        if approval.state is State.REFUSED:
            return
        _require(approval, "refuse")
        _require_other(approval, actor_id)
        await move_to(
            tx,
            ctx,
            approval,
            State.REFUSED,
            actor_id=actor_id,
            from_team=True,
            text=said,
            reason=said,
            decided_by_account_id=actor_id,
            refused_by_account_id=actor_id,
        )


async def give_notice(
    ctx: Context, *, actor_id: int, account_id: int, expectation: str, reason: str
) -> None:
    """Warn first, citing what is expected: nothing is taken back without that."""
    said = f"{_needed(expectation, 'expectation')}\n\n{_needed(reason, 'reason')}"
    async with ctx.transaction() as tx:
        approval = await _held(tx, actor_id, account_id)
        _require(approval, "notice")
        await move_to(
            tx,
            ctx,
            approval,
            State.UNDER_NOTICE,
            actor_id=actor_id,
            from_team=True,
            text=said,
            due_at=ctx.now() + NOTICE_LASTS,
            reason=said,
        )


async def end_notice(ctx: Context, *, actor_id: int, account_id: int, reason: str = "") -> None:
    """What the notice was about is put right."""
    async with ctx.transaction() as tx:
        approval = await _held(tx, actor_id, account_id)
        _require(approval, "end_notice")
        await move_to(
            tx,
            ctx,
            approval,
            State.APPROVED,
            actor_id=actor_id,
            from_team=True,
            text=_text(reason),
            reason="",
        )


async def revoke(ctx: Context, *, actor_id: int, account_id: int, reason: str) -> None:
    """Take the approval back: mark and page entry go together, and there are thirty days to move."""
    said = _needed(reason, "reason")
    async with ctx.transaction() as tx:
        approval = await _held(tx, actor_id, account_id)
        if approval.state is State.REVOKED:
            return
        _require(approval, "revoke")
        await move_to(
            tx,
            ctx,
            approval,
            State.REVOKED,
            actor_id=actor_id,
            from_team=True,
            text=said,
            due_at=ctx.now() + LEAVE_WITHIN,
            reason=said,
            decided_by_account_id=actor_id,
            refused_by_account_id=actor_id,
        )


async def renew(
    ctx: Context, *, actor_id: int, account_id: int, fee_paid_until: date | None = None
) -> None:
    """What the renewal was about is settled: a fee was paid, or somebody answered."""
    async with ctx.transaction() as tx:
        approval = await _held(tx, actor_id, account_id)
        _require(approval, "renew")
        await move_to(
            tx,
            ctx,
            approval,
            State.APPROVED,
            actor_id=actor_id,
            from_team=True,
            approved_at=ctx.now(),
            fee_paid_until=fee_paid_until or approval.fee_paid_until,
        )


async def note_terms(
    ctx: Context,
    *,
    actor_id: int,
    account_id: int,
    fee_paid_until: date | None,
    fee_waived_reason: str,
    limit_exempt_reason: str,
) -> None:
    """Until when the fee is paid, why it is waived, why the daily limit does not hold."""
    async with ctx.transaction() as tx:
        await _held(tx, actor_id, account_id)
        await update_approval(
            tx,
            account_id=account_id,
            at=ctx.now(),
            fee_paid_until=fee_paid_until,
            fee_waived_reason=_text(fee_waived_reason),
            limit_exempt_reason=_text(limit_exempt_reason),
        )
        await settle(tx, ctx, account_id=account_id)
        await _log(
            tx, ctx, actor_id, account_id, verb="account_type_terms", reason=limit_exempt_reason
        )


async def say(ctx: Context, *, actor_id: int, account_id: int, text: str) -> None:
    """Write into the thread of an application, for the team."""
    said = _needed(text, "text")
    async with ctx.transaction() as tx:
        await _held(tx, actor_id, account_id)
        await insert_said(
            tx,
            account_id=account_id,
            kind="message",
            from_team=True,
            author_id=actor_id,
            state="",
            text=said,
            at=ctx.now(),
        )
        await _log(tx, ctx, actor_id, account_id, verb="account_type_message", reason="")


async def _held(tx: Transaction, actor_id: int, account_id: int) -> Approval:
    """The approval; nobody decides about their own account."""
    approval = await held_approval(tx, account_id=account_id)
    if actor_id == account_id:
        raise SomebodyElseDecides
    return approval


def _require(approval: Approval, move: str) -> None:
    if not approval.may(move):
        raise WrongStep


def _require_other(approval: Approval, actor_id: int) -> None:
    if approval.appealed_at is not None and approval.refused_by_account_id == actor_id:
        raise SomebodyElseDecides


def _text(text: str) -> str:
    return clean_text(text).strip()[:LONGEST_ANSWER]


def _needed(text: str, field: str) -> str:
    said = _text(text)
    if not said:
        raise wrong(field, "can't be blank", "ERR_BLANK")
    return said


async def _log(
    tx: Transaction, ctx: Context, actor_id: int, account_id: int, *, verb: str, reason: str
) -> None:
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb=verb,
        subject=("account", account_id),
        reason=reason,
    )
