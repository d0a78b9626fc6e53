"""When a token and its login were last used."""

from datetime import datetime

from watertower.base.db.transaction import Transaction

NOTE_TOKEN_USE = """
    WITH token AS (
        UPDATE oauth_tokens SET used_at = $2, used_ip = $3::text::inet
        WHERE id = $1
        RETURNING login_id
    )
    UPDATE logins SET last_active_at = $2, current_ip = $3::text::inet
    WHERE id IN (SELECT login_id FROM token)
"""


async def note_token_use(tx: Transaction, *, token_id: int, ip: str, at: datetime) -> None:
    """Note that the token was used from this address."""
    await tx.execute(NOTE_TOKEN_USE, token_id, at, ip or None)
