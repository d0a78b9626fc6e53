"""Clocks of the door: friction by signals of abuse, reminders while it is closed, invitations.

Load is no signal: what is looked at is only what sign-ups have in common.
"""

from datetime import timedelta

from watertower.accounts.access.registrations import registrations_in
from watertower.accounts.mails.letter import letter
from watertower.accounts.model import Permission, RegistrationMode
from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.sign_up_gate import (
    MOST_WITH_NEW_EMAIL_DOMAIN,
    SIGNALS_WITHIN,
    wanted_level,
)
from watertower.moderation.queries.reports import list_readers
from watertower.moderation.queries.sign_up_gate import (
    delete_invited,
    find_open_gate,
    find_signals,
    find_waiting,
    lock_open_gate,
    take_waiting,
    update_gate_reminded,
)
from watertower.moderation.steps.reminders import moments_to_remind
from watertower.moderation.steps.sign_up_gate import raise_friction_in, relax_friction_in

INVITED_AT_ONCE = 50  # in a minute, so that they do not all come at once
KEPT_AFTER_INVITATION = timedelta(days=30)
NAG_EVERY = timedelta(hours=1)
LEADS = Permission.ADMINISTRATOR | Permission.LEAD_MODERATION | Permission.LEAD_INFRASTRUCTURE


@job(Lane.SCHEDULED)
async def watch_sign_ups(ctx: Context) -> None:
    """Raise friction when the sign-ups of the last hour look made by machine; relax it in time."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        gate = await lock_open_gate(tx, kind="friction")
        signals = await find_signals(
            tx, since=now - SIGNALS_WITHIN, least_with_domain=MOST_WITH_NEW_EMAIL_DOMAIN
        )
        level = wanted_level(signals, gate, now=now)
        if level and (gate is None or level > gate.level or gate.review_at <= now):
            reason = "; ".join(signals.says) + " within an hour"
            await raise_friction_in(tx, ctx, actor_id=None, level=level, reason=reason)
        elif gate is not None and gate.review_at <= now:
            await relax_friction_in(tx, ctx, actor_id=None, reason="Its time was over")


@job(Lane.SCHEDULED)
async def watch_closing(ctx: Context) -> None:
    """Remind those who lead that the door is closed: before the time is over, and hourly after."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        gate = await lock_open_gate(tx, kind="closing")
        if gate is None:
            return
        moments = moments_to_remind(gate.looked_at, gate.review_at)
        stage = sum(now >= moment for moment in moments)
        if now >= gate.review_at:
            stage = len(moments) + 1 + (now - gate.review_at) // NAG_EVERY
        if stage <= gate.reminded_stage:
            return
        await update_gate_reminded(tx, gate_id=gate.id, stage=stage)
        for account_id in await list_readers(tx, permissions=int(LEADS)):
            tx.enqueue(send_closed_mail.queued(account_id=account_id))


@job(Lane.MAIL)
async def send_closed_mail(ctx: Context, *, account_id: int) -> None:
    """Ask one of those who lead to look whether the door can be opened."""
    async with ctx.reading() as tx:
        gate = await find_open_gate(tx, kind="closing")
        login = await find_login_by_account(tx, account_id=account_id)
    if gate is None or login is None:
        return
    since = int((ctx.now() - gate.opened_at).total_seconds() // 3600)
    is_late = ctx.now() >= gate.review_at
    await ctx.mail.send(
        letter(
            to=login.email,
            subject=f"Sign-up has been closed for {since} hours",
            paragraphs=[
                f"Hello {login.username},",
                (
                    f"sign-up at {ctx.settings.server.domain} has been closed for {since} hours: "
                    f"{gate.reason}"
                ),
                "The time at which somebody wanted to look again is over."
                if is_late
                else "Somebody has to look again soon.",
            ],
            link=f"{ctx.settings.base_url}/desk/sign_ups/door",
            label="Open it, or say why not",
        )
    )


@job(Lane.SCHEDULED)
async def invite_waiting(ctx: Context) -> None:
    """Once the door is open, tell those who wait, in order and a few at a time."""
    async with ctx.transaction() as tx:
        rules = await registrations_in(tx, ctx.settings)
        if rules.mode in {RegistrationMode.CLOSED, RegistrationMode.INVITE}:
            return
        for waiting_id, _ in await take_waiting(tx, at=ctx.now(), most=INVITED_AT_ONCE):
            tx.enqueue(send_open_mail.queued(waiting_id=waiting_id))
        await delete_invited(tx, before=ctx.now() - KEPT_AFTER_INVITATION)


@job(Lane.MAIL)
async def send_open_mail(ctx: Context, *, waiting_id: int) -> None:
    """Tell somebody that the door is open."""
    async with ctx.reading() as tx:
        email = await find_waiting(tx, waiting_id=waiting_id)
    if email is None:
        return
    domain = ctx.settings.server.domain
    await ctx.mail.send(
        letter(
            to=email,
            subject=f"You can sign up at {domain} now",
            paragraphs=[
                f"You asked us to tell you when {domain} takes new members again. It does now."
            ],
            link=f"{ctx.settings.base_url}/auth/sign_up",
            label="Sign up",
            after=["We keep your address for thirty days more and will not write again."],
        )
    )
