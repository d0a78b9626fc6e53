"""What the account itself does: declare a type, apply, answer, appeal, renew, take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from watertower.accounts.domains import domain_name
from watertower.accounts.steps.mark_bot import mark_as_bot
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.text.clean import clean_line, clean_text
from watertower.moderation.errors.account_types import WrongStep
from watertower.moderation.errors.sign_ups import wrong
from watertower.moderation.events import DomainNamed
from watertower.moderation.model.account_types import (
    LONGEST_ANSWER,
    QUESTIONS,
    REVIEW_WITHIN,
    SHOWN,
    Approval,
    State,
    Type,
)
from watertower.moderation.queries.account_type_rules import find_expectations, use_invitation
from watertower.moderation.queries.account_types import (
    delete_approval,
    insert_said,
    list_same_domain,
    lock_approval,
    put_declared,
    update_approval,
)
from watertower.moderation.steps.account_types import held_approval, move_to, settle

MOST_STAFF = 10_000_000


@dataclass(frozen=True)
class Application:
    """What an applicant says."""

    answers: Mapping[str, str] = field(default_factory=dict)
    accepts_expectations: bool = False
    domain: str = ""
    staff_count: int | None = None
    is_private: bool = False
    private_reason: str = ""


async def declare(
    ctx: Context, *, account_id: int, types: Sequence[Type], invitation_code: str = ""
) -> None:
    """Say what the account is; several types make a hybrid. The same twice is no error.

    A company needs an invitation. "A person" alone takes a declaration back. Raises Invalid,
    WrongStep once an application runs or was approved.
    """
    wanted = [one for one in Type if one in set(types) and one is not Type.GENERAL]
    async with ctx.transaction() as tx:
        before = await lock_approval(tx, account_id=account_id)
        if not wanted:
            if before is not None:
                await _withdraw(tx, ctx, before)
            return
        if before is not None and not before.may("declare"):
            if list(before.types) == wanted:
                return
            raise WrongStep("Withdraw first: the account is in another step of its approval")
        had_invitation = before is not None and Type.CORPORATE in before.types
        if Type.CORPORATE in wanted and not had_invitation:
            code = clean_line(invitation_code, 100)
            if not await use_invitation(tx, code=code, account_id=account_id, at=ctx.now()):
                raise wrong("invitation", "is needed: companies have an account here by invitation")
        await put_declared(tx, account_id=account_id, types=wanted, at=ctx.now())
        await insert_said(
            tx,
            account_id=account_id,
            kind="change",
            from_team=False,
            author_id=account_id,
            state=State.DECLARED.value,
            text="",
            at=ctx.now(),
        )
        if Type.BOT in wanted:
            await mark_as_bot(tx, account_id=account_id)
        await settle(tx, ctx, account_id=account_id)


async def withdraw(ctx: Context, *, account_id: int) -> None:
    """Be a person's account again; mark and page entry go with it. Raises WrongStep."""
    async with ctx.transaction() as tx:
        approval = await lock_approval(tx, account_id=account_id)
        if approval is not None:
            await _withdraw(tx, ctx, approval)


async def apply(ctx: Context, *, account_id: int, application: Application) -> None:
    """Apply for approval: four answers, the expectations in force, a domain if there is one.

    Raises Invalid for what is missing, WrongStep, ApprovalNotFound.
    """
    async with ctx.transaction() as tx:
        approval = await held_approval(tx, account_id=account_id, move="apply")
        answers = _answers(approval, application)
        if not application.accepts_expectations:
            raise wrong("expectations", "must be accepted", "ERR_ACCEPTED")
        if application.is_private and not application.private_reason.strip():
            raise wrong("private_reason", "can't be blank", "ERR_BLANK")
        if Type.CORPORATE in approval.types:
            count = application.staff_count
            if count is None or not 0 <= count <= MOST_STAFF:
                raise wrong("staff_count", "is not a number of people")
        domain = await _domain(tx, approval, application)
        expectations = await find_expectations(tx)
        await move_to(
            tx,
            ctx,
            approval,
            State.APPLIED,
            actor_id=account_id,
            from_team=False,
            due_at=ctx.now() + REVIEW_WITHIN,
            answers=answers,
            is_private=application.is_private,
            private_reason=clean_text(application.private_reason)[:1000],
            expectations_version=expectations.version,
            expectations_accepted_at=ctx.now(),
            domain=domain,
            domain_verified_at=None,
            staff_count=application.staff_count,
            applied_at=ctx.now(),
            first_approver_account_id=None,
        )
        if domain is not None:
            await record(tx, DomainNamed(account_id=account_id))


async def say(ctx: Context, *, account_id: int, text: str) -> None:
    """Write into the thread of one's application. Raises ApprovalNotFound, Invalid."""
    async with ctx.transaction() as tx:
        await held_approval(tx, account_id=account_id)
        await insert_said(
            tx,
            account_id=account_id,
            kind="message",
            from_team=False,
            author_id=account_id,
            state="",
            text=_text(text),
            at=ctx.now(),
        )


async def appeal(ctx: Context, *, account_id: int, text: str) -> None:
    """Ask to have a refusal, or what was taken back, looked at again by somebody else."""
    said = _text(text)
    async with ctx.transaction() as tx:
        approval = await held_approval(tx, account_id=account_id, move="appeal")
        await move_to(
            tx,
            ctx,
            approval,
            State.APPLIED,
            actor_id=account_id,
            from_team=False,
            text=said,
            due_at=ctx.now() + REVIEW_WITHIN,
            appealed_at=ctx.now(),
            first_approver_account_id=None,
        )


async def accept_expectations(ctx: Context, *, account_id: int) -> None:
    """Accept the version in force. Twice is no error.

    An account that was asked again for that, or for being quiet, is approved as before; a fee that
    is due stays due.
    """
    async with ctx.transaction() as tx:
        approval = await held_approval(tx, account_id=account_id)
        expectations = await find_expectations(tx)
        accepted: dict[str, Any] = {
            "expectations_version": expectations.version,
            "expectations_accepted_at": ctx.now(),
        }
        is_paid = approval.fee_paid_until is None or (
            approval.fee_paid_until >= ctx.now().date() or bool(approval.fee_waived_reason)
        )
        if approval.state is State.RENEWAL_DUE and is_paid:
            await move_to(
                tx,
                ctx,
                approval,
                State.APPROVED,
                actor_id=account_id,
                from_team=False,
                approved_at=ctx.now(),
                **accepted,
            )
        elif approval.state in SHOWN or approval.state is State.DECLARED:
            await update_approval(tx, account_id=account_id, at=ctx.now(), **accepted)


async def _withdraw(tx: Transaction, ctx: Context, approval: Approval) -> None:
    if not approval.may("withdraw"):
        raise WrongStep
    await delete_approval(tx, account_id=approval.account_id)
    await insert_said(
        tx,
        account_id=approval.account_id,
        kind="change",
        from_team=False,
        author_id=approval.account_id,
        state="withdrawn",
        text="",
        at=ctx.now(),
    )
    await settle(tx, ctx, account_id=approval.account_id)


def _answers(approval: Approval, application: Application) -> Mapping[str, str]:
    is_automated = bool({Type.BOT, Type.CURATED} & set(approval.types))
    answers = {}
    for name in QUESTIONS:
        said = clean_text(application.answers.get(name, "")).strip()[:LONGEST_ANSWER]
        if not said and (name != "automation" or is_automated):
            raise wrong(name, "can't be blank", "ERR_BLANK")
        answers[name] = said
    return answers


async def _domain(tx: Transaction, approval: Approval, application: Application) -> str | None:
    """The domain as it is kept. One project has one account."""
    if not application.domain.strip():
        if Type.CORPORATE in approval.types:
            raise wrong("domain", "can't be blank", "ERR_BLANK")
        return None
    domain = domain_name(application.domain)
    if domain is None or ":" in domain or "." not in domain:
        raise wrong("domain", "is not a domain name")
    others = await list_same_domain(tx, domain=domain, account_id=approval.account_id)
    if Type.OSS in approval.types and any(one.state in SHOWN for one in others):
        raise wrong("domain", f"belongs to @{others[0].username}: a project has one account")
    return domain


def _text(text: str) -> str:
    said = clean_text(text).strip()[:LONGEST_ANSWER]
    if not said:
        raise wrong("text", "can't be blank", "ERR_BLANK")
    return said
