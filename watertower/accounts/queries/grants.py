"""Codes that apps exchange for tokens. Only their hashes are kept."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.credentials import Grant
from watertower.base.db.transaction import Transaction

INSERT_GRANT = """
    INSERT INTO oauth_grants (code_hash, application_id, login_id, redirect_uri, scopes,
                              code_challenge, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def insert_grant(
    tx: Transaction,
    *,
    code_hash: bytes,
    application_id: int,
    login_id: int,
    redirect_uri: str,
    scopes: Sequence[str],
    code_challenge: str | None,
    at: datetime,
    expires_at: datetime,
) -> None:
    """Keep a code."""
    await tx.execute(
        INSERT_GRANT,
        code_hash,
        application_id,
        login_id,
        redirect_uri,
        list(scopes),
        code_challenge,
        at,
        expires_at,
    )


LOCK_GRANT = """
    SELECT id, application_id, login_id, redirect_uri, scopes, code_challenge, expires_at, used_at
    FROM oauth_grants
    WHERE code_hash = $1
    FOR UPDATE
"""


async def lock_grant(tx: Transaction, *, code_hash: bytes) -> Grant | None:
    """The grant of a code; of two exchanges at once the second waits for the first."""
    row = await tx.fetch_one(LOCK_GRANT, code_hash)
    return row and Grant(*row.values())


UPDATE_GRANT_USED = "UPDATE oauth_grants SET used_at = $2 WHERE id = $1"


async def update_grant_used(tx: Transaction, *, grant_id: int, at: datetime) -> None:
    """Use the code up."""
    await tx.execute(UPDATE_GRANT_USED, grant_id, at)


DELETE_UNUSED_GRANTS = """
    UPDATE oauth_grants SET expires_at = $3
    WHERE login_id = $1 AND ($2::bigint IS NULL OR application_id = $2) AND used_at IS NULL
      AND expires_at > $3
"""


async def update_grants_expired(
    tx: Transaction, *, login_id: int, application_id: int | None, at: datetime
) -> None:
    """Make codes that were not yet exchanged worthless."""
    await tx.execute(DELETE_UNUSED_GRANTS, login_id, application_id, at)
