"""Who hears of an appeal by mail, and when."""

from collections.abc import Awaitable, Callable

from watertower.accounts.queries.logins import find_login_by_account
from watertower.base.context import Context, Mail
from watertower.base.db.transaction import Reading
from watertower.base.queue.job import Lane, job
from watertower.moderation.mails.appeal_letters import (
    code_letter,
    decision_letter,
    late_letter,
    message_letter,
    staff_letter,
    staff_link_letter,
    unverified_letter,
)
from watertower.moderation.model.appeals import Appeal, Outcome, State
from watertower.moderation.queries.appeal_desk import list_handlers, list_leaders
from watertower.moderation.queries.appeal_words import find_message
from watertower.moderation.queries.appeals import find_appeal, update_appeal
from watertower.moderation.queries.standing import find_action
from watertower.moderation.steps.appeal_links import appeal_link
from watertower.moderation.steps.appeals import judges_of


async def mail_code(ctx: Context, *, appeal_id: int, code: str) -> None:
    """The code, at once and not by the queue, in which it would stand readable."""
    async with ctx.reading() as tx:
        appeal = await find_appeal(tx, appeal_id=appeal_id)
    if appeal is not None and appeal.contact_email:
        await ctx.mail.send(code_letter(ctx.settings, to=appeal.contact_email, code=code))


async def mail_staff_link(ctx: Context, *, to: str, handle: str, link: str) -> None:
    """To the staff of another server, at once and not by the queue: the link is the proof."""
    await ctx.mail.send(staff_link_letter(ctx.settings, to=to, handle=handle, link=link))


async def address_of(tx: Reading, appeal: Appeal) -> str | None:
    """Where a decision may be sent: the verified address, else the login's confirmed one."""
    if appeal.contact_verified_at is not None and appeal.contact_email:
        return appeal.contact_email
    if appeal.account_id is None:
        return None
    login = await find_login_by_account(tx, account_id=appeal.account_id)
    return login.email if login is not None and login.confirmed_at is not None else None


@job(Lane.MAIL)
async def tell_team_of_appeal(ctx: Context, *, appeal_id: int) -> None:
    """A new appeal: everybody who handles them hears of it, except who decided."""
    async with ctx.reading() as tx:
        appeal = await find_appeal(tx, appeal_id=appeal_id)
        if appeal is None or not appeal.is_open:
            return
        others, _ = await judges_of(tx, appeal=appeal)
        rows = await list_handlers(tx, appeal_id=appeal_id)
    for row in rows:
        if row["account_id"] in others or not others:
            await ctx.mail.send(
                staff_letter(
                    ctx.settings,
                    to=row["email"],
                    appeal=appeal,
                    subject="An appeal was filed",
                    says=f"Somebody appeals: {appeal.words.lower()}. A first answer is due within "
                    "three days.",
                )
            )


@job(Lane.MAIL)
async def carry_appeal_message(ctx: Context, *, message_id: int) -> None:
    """What the team says goes to the person; what the person says, to whoever has the appeal."""
    async with ctx.reading() as tx:
        message = await find_message(tx, message_id=message_id)
        if message is None:
            return
        appeal = await find_appeal(tx, appeal_id=message.appeal_id)
        if appeal is None:
            return
        if not message.from_team:
            to = await _mail_of(tx, appeal.assigned_account_id)
        else:
            to = await address_of(tx, appeal)
        link = await _link(ctx, tx, appeal)
    if to is None:
        return
    if message.from_team:
        made = message_letter(
            ctx.settings, ctx.secrets, to=to, appeal=appeal, text=message.text, link=link
        )
    else:
        made = staff_letter(
            ctx.settings,
            to=to,
            appeal=appeal,
            subject="An answer in an appeal",
            says="The person who appeals has written.",
        )
    await ctx.mail.send(made)


@job(Lane.MAIL)
async def ask_for_second(ctx: Context, *, appeal_id: int) -> None:
    """A decision about a suspension waits for a colleague."""
    async with ctx.reading() as tx:
        appeal = await find_appeal(tx, appeal_id=appeal_id)
        if appeal is None or appeal.proposal is None:
            return
        rows = await list_handlers(tx, appeal_id=appeal_id)
    for row in rows:
        if row["account_id"] != appeal.proposed_by_account_id:
            await ctx.mail.send(
                staff_letter(
                    ctx.settings,
                    to=row["email"],
                    appeal=appeal,
                    subject="A second moderator is wanted",
                    says="A colleague wants to change a suspension after an appeal. It happens once "
                    "somebody else agrees.",
                )
            )


@job(Lane.MAIL)
async def tell_of_answer(ctx: Context, *, appeal_id: int) -> None:
    """The decision goes out, and the appeal is closed."""
    async with ctx.reading() as tx:
        appeal = await find_appeal(tx, appeal_id=appeal_id)
        if appeal is None:
            return
        to = await address_of(tx, appeal)
        link = await _link(ctx, tx, appeal)
    if to is not None:
        await ctx.mail.send(
            decision_letter(ctx.settings, ctx.secrets, to=to, appeal=appeal, link=link)
        )
    async with ctx.transaction() as tx:
        if appeal.state is State.DECIDED:
            await update_appeal(
                tx,
                appeal_id=appeal_id,
                at=ctx.now(),
                state=str(State.CLOSED),
                closed_at=ctx.now(),
            )


@job(Lane.MAIL)
async def remind_team(ctx: Context, *, appeal_id: int, clock: str, share: str) -> None:
    """A deadline of the team comes near, or is over; then those who lead are told, and the person.

    `clock` is answer or decision, `share` 50, 90 or out.
    """
    async with ctx.reading() as tx:
        appeal = await find_appeal(tx, appeal_id=appeal_id)
        if appeal is None or not appeal.is_open:
            return
        whose = await _mail_of(tx, appeal.assigned_account_id)
        handlers = [row["email"] for row in await list_handlers(tx, appeal_id=appeal_id)]
        leaders = [row["email"] for row in await list_leaders(tx, appeal_id=appeal_id)]
        person = await address_of(tx, appeal)
        link = await _link(ctx, tx, appeal)
    what = "first answer" if clock == "answer" else "decision"
    says = {
        "50": f"Half of the time for the {what} of an appeal is over.",
        "90": f"Nine tenths of the time for the {what} of an appeal are over.",
        "out": f"The time for the {what} of an appeal is over. Nothing was decided; it waits.",
    }[share]
    to = {whose} if whose else set(handlers)
    if share == "out":
        to |= set(leaders)
    for address in sorted(to):
        await ctx.mail.send(
            staff_letter(
                ctx.settings, to=address, appeal=appeal, subject="An appeal waits", says=says
            )
        )
    if share == "out" and person is not None:
        await ctx.mail.send(late_letter(ctx.settings, to=person, link=link))


@job(Lane.MAIL)
async def remind_of_contact(ctx: Context, *, appeal_id: int) -> None:
    """The address is not verified: said where we know that the person reads it, if anywhere."""

    async def unverified(to: str, link: str, _: Appeal) -> Mail:
        return unverified_letter(ctx.settings, to=to, link=link)

    await _to_person(ctx, appeal_id, unverified)


@job(Lane.MAIL)
async def tell_of_lapse(ctx: Context, *, appeal_id: int) -> None:
    """It lapsed."""

    async def lapsed(to: str, link: str, appeal: Appeal) -> Mail:
        return decision_letter(ctx.settings, ctx.secrets, to=to, appeal=appeal, link=link)

    await _to_person(ctx, appeal_id, lapsed, also=Outcome.LAPSED)


async def _to_person(
    ctx: Context,
    appeal_id: int,
    made: Callable[[str, str, Appeal], Awaitable[Mail]],
    *,
    also: Outcome | None = None,
) -> None:
    async with ctx.reading() as tx:
        appeal = await find_appeal(tx, appeal_id=appeal_id)
        if appeal is None or (not appeal.is_open and appeal.outcome is not also):
            return
        to = await address_of(tx, appeal)
        link = await _link(ctx, tx, appeal)
    if to is not None:
        await ctx.mail.send(await made(to, link, appeal))


async def _mail_of(tx: Reading, account_id: int | None) -> str | None:
    login = account_id and await find_login_by_account(tx, account_id=account_id)
    return login.email if login else None


async def _link(ctx: Context, tx: Reading, appeal: Appeal) -> str:
    action = await find_action(tx, action_id=appeal.action_id)
    return appeal_link(
        ctx,
        action_id=appeal.action_id,
        account_id=appeal.account_id or 0,
        made_at=action.created_at if action else appeal.created_at,
    )
