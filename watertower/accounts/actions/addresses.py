"""A login's mail address: confirm it, send the link again, change it."""

from datetime import timedelta

from watertower.accounts.access.registrations import registrations_in
from watertower.accounts.actions.second_factor import require_password
from watertower.accounts.credentials import Login
from watertower.accounts.errors import LinkExpired, LoginNotFound
from watertower.accounts.jobs.confirmation_mail import send_confirmation_mail
from watertower.accounts.jobs.security_mails import send_address_changed_mail
from watertower.accounts.queries.logins import (
    find_login,
    find_login_by_email,
    lock_login,
    update_confirmed,
    update_wanted_email,
)
from watertower.accounts.queries.mail_tokens import (
    CONFIRM,
    RESET,
    find_mail_token,
    has_recent_mail_token,
    update_mail_tokens_used,
)
from watertower.accounts.queries.members import has_email
from watertower.accounts.sign_up import Problem, email_problem, sentence_of
from watertower.accounts.steps.admission import email_admission
from watertower.accounts.steps.joined import announce_if_joined
from watertower.accounts.steps.throttle import (
    begin_attempt,
    mail_limits_of_login,
    mail_limits_of_place,
)
from watertower.accounts.tokens import hash_of
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.errors import Invalid
from watertower.base.text.clean import clean_text

MAIL_EVERY = timedelta(minutes=1)
TAKEN = ("email", "ERR_TAKEN", "has already been taken")


async def confirm_email(ctx: Context, *, token: str) -> Login:
    """Confirm the address a link was sent to. Raises LinkExpired, Invalid if it was taken since.

    The link may be opened twice (mail programs look at links first): the second time nothing
    changes.
    """
    async with ctx.transaction() as tx:
        link = await find_mail_token(tx, token_hash=hash_of(token), purpose=CONFIRM, at=ctx.now())
        login = await lock_login(tx, login_id=link.login_id) if link else None
        if link is None or login is None:
            raise LinkExpired
        wanted = login.unconfirmed_email or login.email
        if link.email.lower() != wanted.lower():
            raise LinkExpired  # Meanwhile another address was given.
        if login.confirmed_at is not None and login.unconfirmed_email is None:
            return login
        await _confirm(tx, ctx, login=login, email=wanted)
        found = await find_login(tx, login_id=login.id)
    assert found is not None  # noqa: S101  # locked above
    return found


async def confirm_by_operator(ctx: Context, *, login_id: int) -> None:
    """Confirm the address without a link. Raises LoginNotFound."""
    async with ctx.transaction() as tx:
        login = await lock_login(tx, login_id=login_id)
        if login is None:
            raise LoginNotFound
        await _confirm(tx, ctx, login=login, email=login.unconfirmed_email or login.email)


async def resend_confirmation(ctx: Context, *, login_id: int, email: str | None = None) -> None:
    """Send the link again, to another address if given. Raises Invalid if there is nothing to do.

    At most one mail a minute to the same address, and ten an hour to any. In development the
    address is confirmed at once. Raises TooMany.
    """
    await begin_attempt(ctx, mail_limits_of_login(login_id))
    async with ctx.transaction() as tx:
        login = await lock_login(tx, login_id=login_id)
        if login is None:
            raise LoginNotFound
        if login.confirmed_at is not None and login.unconfirmed_email is None:
            raise Invalid("The e-mail address is confirmed already")
        if email is not None and email.strip():
            await _want(tx, ctx, login=login, email=email)
        else:
            since = ctx.now() - MAIL_EVERY
            if await has_recent_mail_token(tx, login_id=login_id, purpose=CONFIRM, since=since):
                return
        await _send_or_confirm(tx, ctx, login_id=login_id)


async def resend_confirmation_to(ctx: Context, *, email: str, ip: str | None = None) -> None:
    """Send the link again to an address. The same answer, whether a login has it or not.

    Raises TooMany: with `ip` for so many an hour from one place.
    """
    if ip is not None:
        await begin_attempt(ctx, mail_limits_of_place(ip))
    async with ctx.reading() as tx:
        login = await find_login_by_email(tx, email=clean_text(email).strip())
    if login is not None and login.confirmed_at is None:
        await resend_confirmation(ctx, login_id=login.id)


async def change_address(ctx: Context, *, login_id: int, email: str, password: str) -> None:
    """Ask for another address: it counts once its owner opened the link.

    Raises WrongPassword, Invalid, TooMany.
    """
    await require_password(ctx, login_id=login_id, password=password)
    async with ctx.transaction() as tx:
        login = await lock_login(tx, login_id=login_id)
        if login is None:
            raise LoginNotFound
        await _want(tx, ctx, login=login, email=email)
        if login.confirmed_at is not None:
            tx.enqueue(send_address_changed_mail.queued(login_id=login_id))
        await _send_or_confirm(tx, ctx, login_id=login_id)


async def _confirm(tx: Transaction, ctx: Context, *, login: Login, email: str) -> None:
    if not await update_confirmed(tx, login_id=login.id, email=email, at=ctx.now()):
        raise _invalid(TAKEN)
    if email.lower() != login.email.lower():
        # Who still reads the old mailbox must not choose the password.
        await update_mail_tokens_used(tx, login_id=login.id, purpose=RESET, at=ctx.now())
    await announce_if_joined(tx, before=login)


async def _want(tx: Transaction, ctx: Context, *, login: Login, email: str) -> None:
    """Note the new address; links that were sent to others become worthless."""
    email = clean_text(email).strip()
    rules = await registrations_in(tx, ctx.settings)
    if problem := email_problem(email, blocked_domains=rules.blocked_email_domains):
        raise _invalid(problem)
    blocked, _ = await email_admission(tx, email=email, is_member=login.approved_at is not None)
    if blocked is not None and email.lower() != login.email.lower():
        raise _invalid(blocked)
    if email.lower() != login.email.lower() and await has_email(tx, email=email):
        raise _invalid(TAKEN)
    await update_mail_tokens_used(tx, login_id=login.id, purpose=CONFIRM, at=ctx.now())
    if not await update_wanted_email(tx, login_id=login.id, email=email):
        raise _invalid(TAKEN)


async def _send_or_confirm(tx: Transaction, ctx: Context, *, login_id: int) -> None:
    if not ctx.settings.is_development:
        tx.enqueue(send_confirmation_mail.queued(login_id=login_id))
        return
    login = await find_login(tx, login_id=login_id)
    if login is not None:
        await _confirm(tx, ctx, login=login, email=login.unconfirmed_email or login.email)


def _invalid(problem: Problem) -> Invalid:
    field, code, says = problem
    return Invalid(sentence_of([problem]), details={field: [(code, says)]})
