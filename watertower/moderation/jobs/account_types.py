"""Clocks and mails of special accounts: renewals, lapses, notice, and whose domain it is."""

from datetime import datetime, timedelta

from watertower.accounts.links_back import links_back
from watertower.accounts.mails.letter import letter
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.http.errors import OutgoingFailed
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.account_types import (
    INACTIVE_AFTER,
    RENEWAL_NOTICE,
    SHOWN,
    Approval,
    State,
)
from watertower.moderation.queries.account_type_rules import find_expectations
from watertower.moderation.queries.account_types import (
    find_approval,
    find_said,
    list_due,
    list_to_remind,
    list_to_renew,
    list_with_domains,
    lock_approval,
    update_approval,
)
from watertower.moderation.steps.account_types import move_to, settle
from watertower.moderation.steps.reminders import moments_to_remind
from watertower.statuses.queries.posting_rules import delete_old_counted_posts

VERSION_IS_OLD_AFTER = timedelta(days=30)
AT_ONCE = 500
PAGE_BYTES = 1_048_576
PAGE_SECONDS = 15.0
HTML = ("text/html", "application/xhtml+xml")
WHY = {
    "fee": "The yearly fee is due.",
    "expectations": "What we expect of accounts like this has changed and was not accepted yet.",
    "inactive": "Nobody used this account for a year.",
    "domain": "The domain no longer links to this account.",
}
NEWS = {
    State.IN_REVIEW: "Somebody is looking at your application now.",
    State.APPROVED: "Your account is approved. The mark is on your profile already.",
    State.REFUSED: "Your application was refused. You can appeal, and somebody else will look.",
    State.UNDER_NOTICE: "This is a warning: something has to change within two weeks.",
    State.RENEWAL_DUE: "Your approval has to be renewed within thirty days.",
    State.REVOKED: "Your approval was taken back. You have thirty days to move, and can appeal.",
    State.LAPSED: "Your approval has lapsed. You can apply again.",
}


@job(Lane.MAIL)
async def mail_approval_moved(ctx: Context, *, message_id: int) -> None:
    """Tell the account what happened to its approval."""
    async with ctx.reading() as tx:
        found = await find_said(tx, said_id=message_id)
        login = await find_login_by_account(tx, account_id=found[0]) if found else None
    if found is None or login is None or found[1] not in set(NEWS):
        return
    _, state, text = found
    await ctx.mail.send(
        letter(
            to=login.email,
            subject=f"The approval of @{login.username}",
            paragraphs=[f"Hello {login.username},", NEWS[State(state)], *([text] if text else [])],
            link=f"{ctx.settings.base_url}/account/type",
            label="See and answer",
        )
    )


@job(Lane.MAIL)
async def mail_approval_due(ctx: Context, *, account_id: int) -> None:
    """Remind an account of what it has to do before a time is over."""
    async with ctx.reading() as tx:
        approval = await find_approval(tx, account_id=account_id)
        login = await find_login_by_account(tx, account_id=account_id)
    if approval is None or login is None or approval.due_at is None:
        return
    await ctx.mail.send(
        letter(
            to=login.email,
            subject=f"@{login.username}: until {approval.due_at:%d %B}",
            paragraphs=[
                f"Hello {login.username},",
                NEWS[approval.state],
                f"The time for that ends on {approval.due_at:%d %B %Y at %H:%M} UTC.",
            ],
            link=f"{ctx.settings.base_url}/account/type",
            label="See and answer",
        )
    )


@job(Lane.SCHEDULED)
async def watch_approvals(ctx: Context) -> None:
    """Ask again whom it is time to ask, let lapse who did not answer, remind before that."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        expectations = await find_expectations(tx)
        is_old = (
            expectations.created_at is not None
            and expectations.created_at + VERSION_IS_OLD_AFTER <= now
        )
        for account_id, why in await list_to_renew(
            tx,
            today=now.date(),
            version=expectations.version,
            version_is_old=is_old,
            inactive_since=now - INACTIVE_AFTER,
            limit=AT_ONCE,
        ):
            await _ask_renewal(tx, ctx, account_id=account_id, why=why)
        for account_id, _ in await list_due(tx, now=now):
            await _end(tx, ctx, account_id=account_id)
        for approval, stage in await list_to_remind(tx, now=now):
            await _remind(tx, approval, stage, now=now)
        await delete_old_counted_posts(tx, before=now - timedelta(days=8))


async def _ask_renewal(tx: Transaction, ctx: Context, *, account_id: int, why: str) -> None:
    approval = await lock_approval(tx, account_id=account_id)
    if approval is None or not approval.may("ask_renewal"):
        return
    await move_to(
        tx,
        ctx,
        approval,
        State.RENEWAL_DUE,
        actor_id=None,
        from_team=True,
        text=WHY[why],
        due_at=ctx.now() + RENEWAL_NOTICE,
    )


async def _end(tx: Transaction, ctx: Context, *, account_id: int) -> None:
    approval = await lock_approval(tx, account_id=account_id)
    if approval is None or approval.due_at is None or approval.due_at > ctx.now():
        return
    if approval.state is State.RENEWAL_DUE:
        await move_to(
            tx, ctx, approval, State.LAPSED, actor_id=None, from_team=True, reason=approval.reason
        )
    elif approval.state is State.REVOKED:
        # The thirty days to move are over: from now on nothing can be posted.
        await update_approval(tx, account_id=account_id, at=ctx.now(), reminded_stage=9)
        await settle(tx, ctx, account_id=account_id)


async def _remind(tx: Transaction, approval: Approval, stage: int, *, now: datetime) -> None:
    """Of what the account has to do; what staff have to do stands first in their list."""
    if approval.due_at is None or approval.state not in LASTING:
        return
    begin = approval.due_at - LASTING[approval.state]
    reached = sum(now >= moment for moment in moments_to_remind(begin, approval.due_at))
    if reached > stage:
        await update_approval(tx, account_id=approval.account_id, at=now, reminded_stage=reached)
        tx.enqueue(mail_approval_due.queued(account_id=approval.account_id))


LASTING = {
    State.UNDER_NOTICE: timedelta(days=14),
    State.RENEWAL_DUE: timedelta(days=30),
    State.REVOKED: timedelta(days=30),
}


@job(Lane.PULL, attempts=4)
async def verify_domain(ctx: Context, *, account_id: int) -> None:
    """Look whether the domain's front page, or a link the profile proved, says whose it is."""
    async with ctx.reading() as tx:
        approval = await find_approval(tx, account_id=account_id)
        account = await find_account(tx, account_id=account_id)
    if approval is None or account is None or approval.domain is None:
        return
    proof = await _links_here(ctx, approval.domain, {account.url, account.uri})
    if proof is None:
        return
    async with ctx.transaction() as tx:
        held = await lock_approval(tx, account_id=account_id)
        if held is None or held.domain != approval.domain:
            return
        if proof and held.domain_verified_at is None:
            await update_approval(
                tx, account_id=account_id, at=ctx.now(), domain_verified_at=ctx.now()
            )
            await settle(tx, ctx, account_id=account_id)
        elif not proof and held.domain_verified_at is not None:
            await update_approval(tx, account_id=account_id, at=ctx.now(), domain_verified_at=None)
            await settle(tx, ctx, account_id=account_id)
            await _ask_renewal(tx, ctx, account_id=account_id, why="domain")


async def _links_here(ctx: Context, domain: str, urls: set[str]) -> bool | None:
    """Whether https://domain/ links to the profile with rel="me"; None: it cannot be read now."""
    try:
        answer = await ctx.http.request(
            "GET",
            f"https://{domain}/",
            limit_bytes=PAGE_BYTES,
            accept_types=HTML,
            deadline_seconds=PAGE_SECONDS,
        )
    except OutgoingFailed as failed:
        return False if failed.is_final else None
    if answer.status in {404, 410}:
        return False
    return links_back(answer.body, urls) if answer.is_ok else None


@job(Lane.SCHEDULED)
async def reverify_domains(ctx: Context) -> None:
    """Have every domain of an approved account looked at again, because domains change hands."""
    async with ctx.transaction() as tx:
        for account_id in await list_with_domains(tx, states=[s.value for s in SHOWN]):
            tx.enqueue(
                verify_domain.queued(unique_key=f"domain-{account_id}", account_id=account_id)
            )
