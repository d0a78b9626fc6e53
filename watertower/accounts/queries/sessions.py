"""Browsers that are signed in. Only the hashes of their cookies are kept."""

from datetime import datetime

from watertower.accounts.credentials import Login, Session
from watertower.accounts.queries.logins import LOGIN_COLUMNS, login_of
from watertower.accounts.queries.powers import powers
from watertower.base.db.transaction import Reading, Transaction

INSERT_SESSION = """
    INSERT INTO sessions (login_id, token_hash, user_agent, ip, created_at, seen_at, expires_at)
    VALUES ($1, $2, $3, $4::text::inet, $5, $5, $6)
    RETURNING id
"""


async def insert_session(
    tx: Transaction,
    *,
    login_id: int,
    token_hash: bytes,
    user_agent: str,
    ip: str | None,
    at: datetime,
    expires_at: datetime,
) -> int:
    """The id of the new session."""
    new_id: int = await tx.fetch_value(
        INSERT_SESSION, login_id, token_hash, user_agent, ip or None, at, expires_at
    )
    return new_id


SESSION_COLUMNS = """
    s.id AS session_id, s.login_id, s.user_agent, host(s.ip) AS ip, s.created_at AS session_at,
    s.seen_at, s.expires_at
"""

FIND_SESSION = f"""
    SELECT {SESSION_COLUMNS}, {powers("$2::timestamptz")} AS permissions, {LOGIN_COLUMNS}
    FROM sessions s
    JOIN logins l ON l.id = s.login_id
    JOIN accounts a ON a.id = l.account_id
    JOIN roles r ON r.id = l.role_id
    WHERE s.token_hash = $1 AND s.expires_at > $2
"""


async def find_session(
    tx: Reading, *, token_hash: bytes, at: datetime
) -> tuple[Session, Login, int] | None:
    """The session of a cookie, its login, and the permissions of the login's role."""
    row = await tx.fetch_one(FIND_SESSION, token_hash, at)
    if row is None:
        return None
    return Session(*list(row.values())[:7]), login_of(row), row["permissions"]


TOUCH_SESSION = """
    WITH touched AS (
        UPDATE sessions SET seen_at = $2, ip = coalesce($3::text::inet, ip), expires_at = $4
        WHERE id = $1
        RETURNING login_id
    )
    UPDATE logins SET last_active_at = $2 WHERE id IN (SELECT login_id FROM touched)
"""


async def update_session_seen(
    tx: Transaction, *, session_id: int, ip: str | None, at: datetime, expires_at: datetime
) -> None:
    """Note that the browser was here, and let the session live on."""
    await tx.execute(TOUCH_SESSION, session_id, at, ip or None, expires_at)


LIST_SESSIONS = f"""
    SELECT {SESSION_COLUMNS}
    FROM sessions s
    WHERE s.login_id = $1 AND s.expires_at > $2
    ORDER BY s.seen_at DESC
    LIMIT 100
"""


async def list_sessions_of(tx: Reading, *, login_id: int, at: datetime) -> list[Session]:
    """A member's sessions, the last used first."""
    rows = await tx.fetch_all(LIST_SESSIONS, login_id, at)
    return [Session(*row.values()) for row in rows]


DELETE_SESSION_BY_TOKEN = "DELETE FROM sessions WHERE token_hash = $1"


async def delete_session_by_token(tx: Transaction, *, token_hash: bytes) -> bool:
    """Sign the browser with this cookie out."""
    return bool(await tx.execute(DELETE_SESSION_BY_TOKEN, token_hash))


DELETE_SESSION = "DELETE FROM sessions WHERE id = $1 AND login_id = $2"


async def delete_session(tx: Transaction, *, session_id: int, login_id: int) -> bool:
    """Sign one browser of this member out."""
    return bool(await tx.execute(DELETE_SESSION, session_id, login_id))


DELETE_SESSIONS = "DELETE FROM sessions WHERE login_id = $1 AND id IS DISTINCT FROM $2"


async def delete_sessions(tx: Transaction, *, login_id: int, but: int | None = None) -> int:
    """Sign all browsers of this member out, but one if wanted; how many they were."""
    return await tx.execute(DELETE_SESSIONS, login_id, but)
