"""How open the door is: raise and relax friction, close for an incident, look again, re-open."""

from datetime import timedelta

from watertower.accounts.access.registrations import registrations_in
from watertower.accounts.model import RegistrationMode
from watertower.accounts.queries.site import set_site_setting
from watertower.accounts.sign_up import email_problem
from watertower.accounts.steps.throttle import begin_attempt, mail_limits_of_place
from watertower.base.client_address import network_of
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.text.clean import clean_text
from watertower.feeds.steps.announce import announce, end_announcement, reword_announcement
from watertower.moderation.errors.sign_ups import GateShut, wrong
from watertower.moderation.model.sign_up_gate import (
    FRICTION_LASTS,
    LEVELS,
    LONGEST_FRICTION,
    LOOK_AGAIN_WITHIN,
    Gate,
)
from watertower.moderation.queries.sign_up_gate import (
    end_gate,
    insert_gate,
    insert_review,
    insert_waiting,
    lock_open_gate,
    update_gate,
)
from watertower.moderation.steps.sign_up_gate import (
    note_gate,
    raise_friction_in,
    relax_friction_in,
)

LONGEST_TEXT = 2000
REOPENED_SHOWN = timedelta(days=3)


async def raise_friction(
    ctx: Context,
    *,
    actor_id: int,
    level: int,
    reason: str,
    lasts: timedelta = FRICTION_LASTS,
) -> None:
    """Make sign-up harder for a while, or for longer, or more. It relaxes by itself.

    Raises Invalid.
    """
    if level not in LEVELS:
        raise wrong("level", f"must be one of {', '.join(map(str, LEVELS))}")
    if not timedelta(0) < lasts <= LONGEST_FRICTION:
        raise wrong("lasts", "must end within a week")
    said = _text(reason, "reason")
    async with ctx.transaction() as tx:
        await raise_friction_in(tx, ctx, actor_id=actor_id, level=level, reason=said, lasts=lasts)


async def relax_friction(ctx: Context, *, actor_id: int, reason: str) -> None:
    """Make sign-up as easy as it was. Twice is no error."""
    async with ctx.transaction() as tx:
        await relax_friction_in(tx, ctx, actor_id=actor_id, reason=reason)


async def close(
    ctx: Context, *, actor_id: int, reason: str, public_note: str, review_in: timedelta
) -> None:
    """Close sign-up for an incident. Only people do that, and look again within a day.

    Members are told, and visitors read the note. Who was invited or applied before may finish.
    Raises GateShut if it is closed, Invalid.
    """
    said, shown = _text(reason, "reason"), _text(public_note, "public_note")
    _require_soon(review_in)
    async with ctx.transaction() as tx:
        rules = await registrations_in(tx, ctx.settings)
        if rules.mode is RegistrationMode.CLOSED:
            raise GateShut("Sign-up is closed already")
        announcement_id = await announce(
            tx, text=f"Sign-up is closed for the moment. {shown}", at=ctx.now()
        )
        made = await insert_gate(
            tx,
            kind="closing",
            level=0,
            reason=said,
            public_note=shown,
            mode_before=rules.mode.value,
            opened_by=actor_id,
            at=ctx.now(),
            review_at=ctx.now() + review_in,
            announcement_id=announcement_id,
        )
        if made is None:
            raise GateShut("Sign-up is closed already")
        await set_site_setting(tx, "registration_mode", RegistrationMode.CLOSED.value)
        await set_site_setting(tx, "sign_up_closed_since", ctx.now().isoformat())
        await set_site_setting(tx, "sign_up_closed_note", shown)
        await note_gate(tx, ctx, actor_id=actor_id, verb="close_sign_up", reason=said)


async def look_again(
    ctx: Context, *, actor_id: int, public_note: str, review_in: timedelta
) -> None:
    """Leave the door closed until another time, and say why. Raises GateShut, Invalid."""
    shown = _text(public_note, "public_note")
    _require_soon(review_in)
    async with ctx.transaction() as tx:
        gate = await _closing(tx)
        review_at = ctx.now() + review_in
        await update_gate(
            tx, gate_id=gate.id, level=0, public_note=shown, at=ctx.now(), review_at=review_at
        )
        await insert_review(
            tx,
            gate_id=gate.id,
            reviewer_id=actor_id,
            public_note=shown,
            review_at=review_at,
            at=ctx.now(),
        )
        await set_site_setting(tx, "sign_up_closed_note", shown)
        if gate.announcement_id is not None:
            await reword_announcement(
                tx,
                announcement_id=gate.announcement_id,
                text=f"Sign-up stays closed for the moment. {shown}",
                at=ctx.now(),
            )
        await note_gate(tx, ctx, actor_id=actor_id, verb="keep_sign_up_closed", reason=shown)


async def reopen(ctx: Context, *, actor_id: int, reason: str) -> None:
    """Open the door as it was before, and tell everybody. Raises GateShut, Invalid.

    Those on the waiting list are invited in order, by the clock.
    """
    said = _text(reason, "reason")
    async with ctx.transaction() as tx:
        gate = await _closing(tx)
        await end_gate(tx, gate_id=gate.id, at=ctx.now(), by=actor_id, reason=said)
        await set_site_setting(tx, "registration_mode", gate.mode_before)
        await set_site_setting(tx, "sign_up_closed_since", None)
        await set_site_setting(tx, "sign_up_closed_note", None)
        if gate.announcement_id is not None:
            await end_announcement(tx, announcement_id=gate.announcement_id, at=ctx.now())
        await announce(
            tx,
            text=f"Sign-up is open again. {said}",
            at=ctx.now(),
            ends_at=ctx.now() + REOPENED_SHOWN,
        )
        await note_gate(tx, ctx, actor_id=actor_id, verb="reopen_sign_up", reason=said)


async def join_waiting_list(ctx: Context, *, email: str, ip: str) -> None:
    """Ask to be told when the door opens. Twice is no error. Raises Invalid, TooMany."""
    address = clean_text(email).strip()
    if problem := email_problem(address, blocked_domains=frozenset()):
        _, code, says = problem
        raise wrong("email", says, code)
    await begin_attempt(ctx, mail_limits_of_place(ip))
    async with ctx.transaction() as tx:
        await insert_waiting(tx, email=address, network=network_of(ip), at=ctx.now())


async def _closing(tx: Transaction) -> Gate:
    gate = await lock_open_gate(tx, kind="closing")
    if gate is None:
        raise GateShut("Sign-up is not closed for an incident")
    return gate


def _require_soon(review_in: timedelta) -> None:
    if not timedelta(0) < review_in <= LOOK_AGAIN_WITHIN:
        raise wrong("review_in", "must be within 24 hours")


def _text(text: str, field: str) -> str:
    said = clean_text(text).strip()[:LONGEST_TEXT]
    if not said:
        raise wrong(field, "can't be blank", "ERR_BLANK")
    return said
