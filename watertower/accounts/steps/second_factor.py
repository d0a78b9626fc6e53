"""Check a code of the second factor and use it up."""

from watertower.accounts.codes import recovery_hash, step_of
from watertower.accounts.credentials import Login
from watertower.accounts.queries.second_factor import (
    update_otp_step,
    update_recovery_code_used,
)
from watertower.accounts.tickets import unseal
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction

SEAL = "second factor"


async def use_code(
    tx: Transaction, ctx: Context, *, login: Login, code: str, takes_recovery: bool = True
) -> bool:
    """Whether this is a code of now or a recovery code, neither used before."""
    secret = login.otp_secret and unseal(ctx.secrets, purpose=SEAL, sealed=login.otp_secret)
    step = step_of(secret, code, ctx.now()) if secret else None
    if step is not None:
        return await update_otp_step(tx, login_id=login.id, step=step)
    if not takes_recovery or len(code) > 100:
        return False
    return await update_recovery_code_used(tx, login_id=login.id, code_hash=recovery_hash(code))
