"""The address of an appeal: decisions go nowhere that nobody has answered from."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from watertower.accounts.sign_up import email_problem
from watertower.accounts.steps.throttle import Limit, begin_attempt
from watertower.base.context import Context
from watertower.moderation.errors.appeals import AppealClosed, ContactMissing, WrongCode
from watertower.moderation.jobs.appeal_mails import mail_code
from watertower.moderation.model.appeals import CODE_GOOD, CODE_TRIES, Appeal
from watertower.moderation.queries.appeals import count_try, lock_appeal, update_appeal
from watertower.moderation.steps.appeals import contact_verified_in
from watertower.moderation.steps.own_appeals import require_own

CODES_A_DAY = 8


async def send_code(
    ctx: Context, *, account_id: int, appeal_id: int, email: str | None = None
) -> None:
    """Mail a code to the address of the appeal, or to another one, which then replaces it.

    Raises ContactMissing, AppealClosed, TooMany.
    """
    if email is not None and email_problem(email, blocked_domains=frozenset()) is not None:
        raise ContactMissing
    await begin_attempt(ctx, [Limit(f"appeal code:{account_id}", CODES_A_DAY, timedelta(days=1))])
    code = f"{secrets.randbelow(1_000_000):06}"
    async with ctx.transaction() as tx:
        appeal = await require_own(tx, account_id=account_id, appeal_id=appeal_id)
        if not appeal.is_open:
            raise AppealClosed
        changed = {} if email is None else {"contact_email": email, "contact_verified_at": None}
        await update_appeal(
            tx,
            appeal_id=appeal_id,
            at=ctx.now(),
            code_hash=_hash(ctx, appeal, code),
            code_until=ctx.now() + CODE_GOOD,
            code_tries=0,
            **changed,
        )
    await mail_code(ctx, appeal_id=appeal_id, code=code)


async def verify_contact(ctx: Context, *, account_id: int, appeal_id: int, code: str) -> None:
    """The code that was mailed. Typing it again is no error. Raises WrongCode, AppealClosed."""
    async with ctx.transaction() as tx:
        appeal = await require_own(tx, account_id=account_id, appeal_id=appeal_id)
        if appeal.contact_verified_at is not None:
            return
        if not appeal.is_open:
            raise AppealClosed
        expected = await count_try(tx, appeal_id=appeal_id, at=ctx.now(), most=CODE_TRIES)
    # The guess is counted, whatever becomes of it.
    given = _hash(ctx, appeal, "".join(code.split()))
    if expected is None or not hmac.compare_digest(expected, given):
        raise WrongCode
    async with ctx.transaction() as tx:
        held = await lock_appeal(tx, appeal_id=appeal_id)
        # Another address may have been typed meanwhile: its code is another one.
        if held is None or held.contact_email != appeal.contact_email:
            raise WrongCode
        await contact_verified_in(tx, ctx, appeal_id=appeal_id)


def _hash(ctx: Context, appeal: Appeal, code: str) -> bytes:
    words = f"appeal code:{appeal.id}:{code}".encode()
    return hmac.new(ctx.secrets.key.encode(), words, hashlib.sha256).digest()
