"""Passwords: forgotten, replaced through a mailed link, changed."""

from datetime import timedelta

from watertower.accounts.actions.second_factor import require_password
from watertower.accounts.credentials import Login
from watertower.accounts.errors import LinkExpired, LoginNotFound
from watertower.accounts.jobs.reset_mail import GOOD_FOR, send_reset_mail
from watertower.accounts.jobs.security_mails import send_password_changed_mail
from watertower.accounts.passwords import hash_password
from watertower.accounts.queries.logins import (
    find_login,
    find_login_by_email,
    update_confirmed,
    update_password,
)
from watertower.accounts.queries.mail_tokens import (
    RESET,
    find_mail_token,
    has_recent_mail_token,
    insert_mail_token,
    update_mail_token_used,
    update_mail_tokens_used,
)
from watertower.accounts.queries.sessions import delete_sessions
from watertower.accounts.sign_up import password_problem, sentence_of
from watertower.accounts.steps.joined import announce_if_joined
from watertower.accounts.steps.revoke import end_all_access
from watertower.accounts.steps.throttle import begin_attempt, mail_limits_of_place
from watertower.accounts.tokens import hash_of, new_token
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.text.clean import clean_text

MAIL_EVERY = timedelta(minutes=3)


async def request_reset(ctx: Context, *, email: str, ip: str | None = None) -> None:
    """Send a link, if a login has this address. The answer is the same if none has.

    At most one mail in three minutes, so that nobody floods a mailbox, and with `ip` so many an
    hour from one place, so that nobody floods all of them. Raises TooMany.
    """
    if ip is not None:
        await begin_attempt(ctx, mail_limits_of_place(ip))
    async with ctx.transaction() as tx:
        login = await find_login_by_email(tx, email=clean_text(email).strip())
        if login is None:
            return
        since = ctx.now() - MAIL_EVERY
        if await has_recent_mail_token(tx, login_id=login.id, purpose=RESET, since=since):
            return
        tx.enqueue(send_reset_mail.queued(unique_key=f"reset mail {login.id}", login_id=login.id))


async def is_reset_link_good(ctx: Context, *, token: str) -> bool:
    """Whether a form for a new password should be shown."""
    async with ctx.reading() as tx:
        found = await find_mail_token(tx, token_hash=hash_of(token), purpose=RESET, at=ctx.now())
    return found is not None


async def set_new_password(ctx: Context, *, token: str, password: str) -> Login:
    """Replace a forgotten password: every session and every app's token ends.

    The link proves the address, so it is confirmed as well. Raises LinkExpired, Invalid.
    """
    _require_good(password)
    if not await is_reset_link_good(ctx, token=token):
        raise LinkExpired
    hashed, now = await hash_password(password), ctx.now()
    async with ctx.transaction() as tx:
        used = await update_mail_token_used(tx, token_hash=hash_of(token), purpose=RESET, at=now)
        login = await find_login(tx, login_id=used.login_id) if used else None
        if used is None or login is None:
            raise LinkExpired
        await update_password(tx, login_id=login.id, password_hash=hashed)
        await update_mail_tokens_used(tx, login_id=login.id, purpose=RESET, at=now)
        if login.confirmed_at is None and used.email.lower() == login.email.lower():
            await update_confirmed(tx, login_id=login.id, email=login.email, at=now)
            await announce_if_joined(tx, before=login)
        await end_all_access(tx, login_id=login.id, at=now)
        tx.enqueue(send_password_changed_mail.queued(login_id=login.id))
    return login


async def change_password(
    ctx: Context, *, login_id: int, current: str, new: str, keep_session_id: int | None = None
) -> None:
    """Change a known password: other browsers are signed out, apps stay.

    Raises WrongPassword, Invalid, TooMany.
    """
    _require_good(new)
    await require_password(ctx, login_id=login_id, password=current)
    hashed = await hash_password(new)
    async with ctx.transaction() as tx:
        await update_password(tx, login_id=login_id, password_hash=hashed)
        await update_mail_tokens_used(tx, login_id=login_id, purpose=RESET, at=ctx.now())
        await delete_sessions(tx, login_id=login_id, but=keep_session_id)
        tx.enqueue(send_password_changed_mail.queued(login_id=login_id))


async def reset_by_operator(ctx: Context, *, login_id: int, password: str) -> None:
    """Replace a password from the command line: every session and token ends."""
    _require_good(password)
    hashed = await hash_password(password)
    async with ctx.transaction() as tx:
        await update_password(tx, login_id=login_id, password_hash=hashed)
        await update_mail_tokens_used(tx, login_id=login_id, purpose=RESET, at=ctx.now())
        await end_all_access(tx, login_id=login_id, at=ctx.now())


async def reset_link(ctx: Context, *, login_id: int) -> str:
    """A link to choose a new password, for the operator to hand over; good once, six hours."""
    token, now = new_token(), ctx.now()
    async with ctx.transaction() as tx:
        login = await find_login(tx, login_id=login_id)
        if login is None:
            raise LoginNotFound
        await insert_mail_token(
            tx,
            login_id=login.id,
            token_hash=hash_of(token),
            purpose=RESET,
            email=login.email,
            at=now,
            expires_at=now + GOOD_FOR,
        )
    return f"{ctx.settings.base_url}/auth/password/edit?reset_password_token={token}"


def _require_good(password: str) -> None:
    if problem := password_problem(password):
        field, code, says = problem
        raise Invalid(sentence_of([problem]), details={field: [(code, says)]})
