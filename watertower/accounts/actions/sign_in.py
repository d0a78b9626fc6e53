"""Sign in with a browser: name or address and password, then a code if the login asks for one.

Unknown logins cost the same work and get the same refusal as wrong passwords. Guessing is
slowed down for each login and each address.
"""

from dataclasses import dataclass
from datetime import timedelta

from watertower.accounts.credentials import Login
from watertower.accounts.errors import WrongCode, WrongPassword
from watertower.accounts.passwords import hash_password, is_outdated, is_right_password
from watertower.accounts.queries.logins import (
    find_login,
    find_login_by_email,
    find_login_by_username,
    lock_login,
    update_password_hash,
    update_signed_in,
)
from watertower.accounts.queries.sessions import insert_session
from watertower.accounts.steps.second_factor import use_code
from watertower.accounts.steps.throttle import (
    begin_attempt,
    code_limits,
    forget_attempt,
    password_limits,
)
from watertower.accounts.tickets import read_ticket, sign_ticket
from watertower.accounts.tokens import hash_of, new_token
from watertower.base.context import Context
from watertower.base.text.clean import clean_line

SESSION_LASTS = timedelta(days=90)  # after the last visit
TICKET_LASTS = timedelta(minutes=5)
TICKET = "sign-in"


@dataclass(frozen=True)
class SignedIn:
    """The cookie's value, and whose it is.

    The login may be unconfirmed, pending, frozen or suspended: the pages say so.
    """

    session_token: str
    session_id: int
    login: Login


@dataclass(frozen=True)
class SecondFactorNeeded:
    """The password was right; `ticket` is for `finish_sign_in`, within five minutes."""

    ticket: str


async def sign_in(
    ctx: Context,
    *,
    email_or_name: str,
    password: str,
    otp: str | None = None,
    ip: str | None = None,
    user_agent: str = "",
) -> SignedIn | SecondFactorNeeded:
    """Open a session. Raises WrongPassword, WrongCode (with `otp`), TooMany."""
    name = clean_line(email_or_name, 254)
    limits = password_limits(name, ip)
    attempt = await begin_attempt(ctx, limits)
    async with ctx.reading() as tx:
        login = (
            await find_login_by_email(tx, email=name)
            if "@" in name.removeprefix("@")
            else await find_login_by_username(tx, username=name.removeprefix("@"))
        )
    is_right = await is_right_password(login.password_hash if login else None, password)
    if login is None or not is_right:
        raise WrongPassword
    await forget_attempt(ctx, limits, attempt)
    stored = login.password_hash
    if is_outdated(stored):
        stored = await hash_password(password)
        async with ctx.transaction() as tx:
            await update_password_hash(tx, login_id=login.id, old=login.password_hash, new=stored)
    if login.has_second_factor:
        ticket = sign_ticket(
            ctx.secrets,
            purpose=TICKET,
            says=[login.id, _proof_of(stored)],
            until=ctx.now() + TICKET_LASTS,
        )
        if otp is None:
            return SecondFactorNeeded(ticket)
        return await finish_sign_in(ctx, ticket=ticket, code=otp, ip=ip, user_agent=user_agent)
    return await _open(ctx, login, ip=ip, user_agent=user_agent)


async def finish_sign_in(
    ctx: Context, *, ticket: str, code: str, ip: str | None = None, user_agent: str = ""
) -> SignedIn:
    """Open the session after the second factor: a six-digit code or a recovery code, each once.

    Raises WrongPassword when the ticket is too old or the password was changed since, WrongCode,
    TooMany.
    """
    said = read_ticket(ctx.secrets, purpose=TICKET, ticket=ticket, now=ctx.now())
    if said is None:
        raise WrongPassword("Please sign in again: that took too long.")
    login_id, proof = said
    limits = code_limits(login_id, ip)
    attempt = await begin_attempt(ctx, limits)
    async with ctx.transaction() as tx:
        login = await lock_login(tx, login_id=login_id)
        if login is not None and proof != _proof_of(login.password_hash):
            raise WrongPassword("Please sign in again: the password was changed.")
        is_right = (
            login is not None
            and login.has_second_factor
            and await use_code(tx, ctx, login=login, code=code)
        )
    if login is None or not is_right:
        raise WrongCode
    await forget_attempt(ctx, limits, attempt)
    return await _open(ctx, login, ip=ip, user_agent=user_agent)


async def open_session(
    ctx: Context, *, login_id: int, ip: str | None = None, user_agent: str = ""
) -> SignedIn:
    """A session without a password, for who has just proved themselves (sign-up, a mailed link)."""
    async with ctx.reading() as tx:
        login = await find_login(tx, login_id=login_id)
    if login is None:
        raise WrongPassword
    return await _open(ctx, login, ip=ip, user_agent=user_agent)


def _proof_of(password_hash: str) -> str:
    """Which password a ticket was given for, without saying anything about it."""
    return hash_of(password_hash).hex()[:16]


async def _open(ctx: Context, login: Login, *, ip: str | None, user_agent: str) -> SignedIn:
    token, now = new_token(), ctx.now()
    async with ctx.transaction() as tx:
        session_id = await insert_session(
            tx,
            login_id=login.id,
            token_hash=hash_of(token),
            user_agent=clean_line(user_agent, 400),
            ip=ip,
            at=now,
            expires_at=now + SESSION_LASTS,
        )
        await update_signed_in(tx, login_id=login.id, ip=ip, at=now)
    return SignedIn(token, session_id, login)
