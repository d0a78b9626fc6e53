"""Access tokens of apps. Only their hashes are kept."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.credentials import Token
from watertower.base.db.transaction import Reading, Row, Transaction

INSERT_TOKEN = """
    INSERT INTO oauth_tokens (token_hash, application_id, login_id, grant_id, scopes, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    RETURNING id
"""


async def insert_token(
    tx: Transaction,
    *,
    token_hash: bytes,
    application_id: int,
    login_id: int | None,
    grant_id: int | None,
    scopes: Sequence[str],
    at: datetime,
) -> int:
    """The id of the new token."""
    new_id: int = await tx.fetch_value(
        INSERT_TOKEN, token_hash, application_id, login_id, grant_id, list(scopes), at
    )
    return new_id


FIND_TOKEN = """
    SELECT t.id, t.application_id, p.client_id, t.login_id, l.account_id, t.scopes, t.created_at,
           t.revoked_at
    FROM oauth_tokens t
    JOIN oauth_applications p ON p.id = t.application_id
    LEFT JOIN logins l ON l.id = t.login_id
    WHERE t.token_hash = $1
"""


async def find_token(tx: Reading, *, token_hash: bytes) -> Token | None:
    """The token with this hash, revoked or not."""
    row: Row | None = await tx.fetch_one(FIND_TOKEN, token_hash)
    return row and Token(*row.values())


REVOKE_TOKENS = """
    UPDATE oauth_tokens SET revoked_at = $5
    WHERE revoked_at IS NULL
      AND ($1::bigint IS NULL OR id = $1)
      AND ($2::bigint IS NULL OR grant_id = $2)
      AND ($3::bigint IS NULL OR login_id = $3)
      AND ($4::bigint IS NULL OR application_id = $4)
      AND num_nonnulls($1, $2, $3::bigint) > 0
    RETURNING id
"""


async def update_tokens_revoked(
    tx: Transaction,
    *,
    at: datetime,
    token_id: int | None = None,
    grant_id: int | None = None,
    login_id: int | None = None,
    application_id: int | None = None,
) -> list[int]:
    """Revoke one token, a grant's, or a login's (those of one application or all).

    Answers the ids of those that were good until now.
    """
    rows = await tx.fetch_all(REVOKE_TOKENS, token_id, grant_id, login_id, application_id, at)
    return [row["id"] for row in rows]
