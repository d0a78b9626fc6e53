"""The second factor: switch it on, confirm it, switch it off, new recovery codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.accounts.codes import address_of, new_recovery_codes, new_secret, recovery_hash
from watertower.accounts.credentials import Login
from watertower.accounts.errors import LoginNotFound, WrongCode, WrongPassword
from watertower.accounts.jobs.security_mails import send_second_factor_mail
from watertower.accounts.passwords import is_right_password
from watertower.accounts.queries.logins import find_login, lock_login
from watertower.accounts.queries.second_factor import (
    update_otp_disabled,
    update_otp_enabled,
    update_otp_secret,
    update_recovery_hashes,
)
from watertower.accounts.steps.second_factor import SEAL, use_code
from watertower.accounts.steps.throttle import (
    begin_attempt,
    code_limits,
    forget_attempt,
    password_limits,
)
from watertower.accounts.tickets import seal
from watertower.base.context import Context
from watertower.base.errors import Conflict


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator app needs: the secret to type, the address for a QR code."""

    secret: str
    address: str


async def begin_second_factor(ctx: Context, *, login_id: int) -> Enrolment:
    """A new secret; it counts once it was confirmed with a code. Conflict if it is on already."""
    secret = new_secret()
    async with ctx.transaction() as tx:
        login = await find_login(tx, login_id=login_id)
        if login is None:
            raise LoginNotFound
        sealed = seal(ctx.secrets, purpose=SEAL, text=secret)
        if not await update_otp_secret(tx, login_id=login_id, secret=sealed):
            raise Conflict("The second factor is on already")
    domain = ctx.settings.server.domain
    return Enrolment(secret, address_of(secret, username=login.username, domain=domain))


async def confirm_second_factor(ctx: Context, *, login_id: int, code: str) -> Sequence[str]:
    """Switch it on with the first code; answers ten recovery codes, shown this once.

    Raises WrongCode, Conflict, TooMany.
    """
    limits = code_limits(login_id, None)
    attempt = await begin_attempt(ctx, limits)
    codes = new_recovery_codes()
    async with ctx.transaction() as tx:
        login = await lock_login(tx, login_id=login_id)
        if login is None:
            raise LoginNotFound
        if login.has_second_factor:
            raise Conflict("The second factor is on already")
        if not await use_code(tx, ctx, login=login, code=code, takes_recovery=False):
            raise WrongCode
        await update_otp_enabled(
            tx, login_id=login_id, recovery_hashes=[recovery_hash(c) for c in codes], at=ctx.now()
        )
        tx.enqueue(send_second_factor_mail.queued(login_id=login_id, is_on=True))
    await forget_attempt(ctx, limits, attempt)
    return codes


async def disable_second_factor(ctx: Context, *, login_id: int, password: str) -> None:
    """Switch it off. Raises WrongPassword, TooMany. If it is off already, nothing happens."""
    await require_password(ctx, login_id=login_id, password=password)
    async with ctx.transaction() as tx:
        if await update_otp_disabled(tx, login_id=login_id):
            tx.enqueue(send_second_factor_mail.queued(login_id=login_id, is_on=False))


async def renew_recovery_codes(ctx: Context, *, login_id: int, password: str) -> Sequence[str]:
    """Ten new recovery codes; the old ones are worthless. Raises WrongPassword, Conflict."""
    await require_password(ctx, login_id=login_id, password=password)
    codes = new_recovery_codes()
    async with ctx.transaction() as tx:
        hashes = [recovery_hash(code) for code in codes]
        if not await update_recovery_hashes(tx, login_id=login_id, recovery_hashes=hashes):
            raise Conflict("The second factor is off")
    return codes


async def require_password(ctx: Context, *, login_id: int, password: str) -> Login:
    """The login, if this is its password. Raises WrongPassword, LoginNotFound, TooMany."""
    async with ctx.reading() as tx:
        login = await find_login(tx, login_id=login_id)
    if login is None:
        raise LoginNotFound
    limits = password_limits(f"#{login_id}", None)
    attempt = await begin_attempt(ctx, limits[:1])
    if not await is_right_password(login.password_hash, password):
        raise WrongPassword("The password is not right")
    await forget_attempt(ctx, limits, attempt)
    return login
