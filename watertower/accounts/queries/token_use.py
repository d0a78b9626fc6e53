"""When a token and its login were last used."""

from datetime import datetime

from watertower.base.db.transaction import Transaction

NOTE_TOKEN_USE = """
    WITH token AS (
        UPDATE oauth_tokens SET used_at = $2, used_ip = $3::text::inet
        WHERE id = $1
        RETURNING login_id
    ), before AS (
        SELECT l.id, l.account_id, l.last_active_at
        FROM logins l
        WHERE l.id IN (SELECT login_id FROM token)
        FOR UPDATE
    )
    UPDATE logins l SET last_active_at = $2, current_ip = $3::text::inet
    FROM before
    WHERE l.id = before.id
    RETURNING CASE WHEN before.last_active_at IS NULL OR before.last_active_at < $4
                   THEN before.account_id END
"""


async def note_token_use(
    tx: Transaction, *, token_id: int, ip: str, at: datetime, away_since: datetime
) -> int | None:
    """Note that the token was used from this address.

    Answers the account of a member who had not been here since `away_since`.
    """
    returned: int | None = await tx.fetch_value(
        NOTE_TOKEN_USE, token_id, at, ip or None, away_since
    )
    return returned
