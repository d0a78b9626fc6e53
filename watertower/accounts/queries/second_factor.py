"""The second factor of a login: its secret, codes that were used, recovery codes."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Transaction

UPDATE_OTP_SECRET = """
    UPDATE logins SET otp_secret = $2, otp_last_step = 0 WHERE id = $1 AND otp_enabled_at IS NULL
"""


async def update_otp_secret(tx: Transaction, *, login_id: int, secret: str) -> bool:
    """Keep a secret to be confirmed; False if the second factor is on already."""
    return bool(await tx.execute(UPDATE_OTP_SECRET, login_id, secret))


UPDATE_OTP_ENABLED = """
    UPDATE logins SET otp_enabled_at = $2, recovery_hashes = $3
    WHERE id = $1 AND otp_enabled_at IS NULL AND otp_secret IS NOT NULL
"""


async def update_otp_enabled(
    tx: Transaction, *, login_id: int, recovery_hashes: Sequence[str], at: datetime
) -> bool:
    """Switch the second factor on."""
    return bool(await tx.execute(UPDATE_OTP_ENABLED, login_id, at, list(recovery_hashes)))


UPDATE_OTP_DISABLED = """
    UPDATE logins
    SET otp_enabled_at = NULL, otp_secret = NULL, otp_last_step = 0, recovery_hashes = '{}'
    WHERE id = $1 AND otp_enabled_at IS NOT NULL
"""


async def update_otp_disabled(tx: Transaction, *, login_id: int) -> bool:
    """Switch the second factor off; whether it was on."""
    return bool(await tx.execute(UPDATE_OTP_DISABLED, login_id))


UPDATE_RECOVERY_HASHES = """
    UPDATE logins SET recovery_hashes = $2 WHERE id = $1 AND otp_enabled_at IS NOT NULL
"""


async def update_recovery_hashes(
    tx: Transaction, *, login_id: int, recovery_hashes: Sequence[str]
) -> bool:
    """Replace the recovery codes; False if the second factor is off."""
    return bool(await tx.execute(UPDATE_RECOVERY_HASHES, login_id, list(recovery_hashes)))


USE_OTP_STEP = "UPDATE logins SET otp_last_step = $2 WHERE id = $1 AND otp_last_step < $2"


async def update_otp_step(tx: Transaction, *, login_id: int, step: int) -> bool:
    """Use the code of this half minute up; False if it, or a later one, was used."""
    return bool(await tx.execute(USE_OTP_STEP, login_id, step))


USE_RECOVERY_CODE = """
    UPDATE logins SET recovery_hashes = array_remove(recovery_hashes, $2)
    WHERE id = $1 AND $2 = ANY(recovery_hashes)
"""


async def update_recovery_code_used(tx: Transaction, *, login_id: int, code_hash: str) -> bool:
    """Use a recovery code up; False if there is none such."""
    return bool(await tx.execute(USE_RECOVERY_CODE, login_id, code_hash))
