"""Forget what has served its time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from watertower.base.db.transaction import Transaction

DELETE_OLD_ATTEMPTS = "DELETE FROM sign_in_attempts WHERE made_at < $1"
DELETE_OLD_SESSIONS = "DELETE FROM sessions WHERE expires_at < $1"
DELETE_OLD_MAIL_TOKENS = "DELETE FROM mail_tokens WHERE expires_at < $1"
DELETE_OLD_GRANTS = "DELETE FROM oauth_grants WHERE expires_at < $1"

# Who never confirmed an address could never act, so nothing but their own rows is theirs.
DELETE_NEVER_CONFIRMED = """
    DELETE FROM accounts
    WHERE id IN (
        SELECT account_id FROM logins
        WHERE confirmed_at IS NULL AND created_at < $1
        ORDER BY id
        LIMIT 1000
    )
"""


async def delete_never_confirmed(tx: Transaction, *, before: datetime) -> int:
    """Forget sign-ups older than this whose address was never confirmed; how many they were."""
    return await tx.execute(DELETE_NEVER_CONFIRMED, before)


# Who was never let in could never act either.
DELETE_APPLICANTS = """
    DELETE FROM accounts
    WHERE id = ANY($1::bigint[]) AND domain IS NULL
      AND EXISTS (SELECT FROM logins l WHERE l.account_id = accounts.id AND l.approved_at IS NULL)
"""


async def delete_applicants(tx: Transaction, *, account_ids: Sequence[int]) -> int:
    """Forget sign-ups that were never approved; how many they were."""
    return await tx.execute(DELETE_APPLICANTS, list(account_ids))


async def delete_old_secrets(tx: Transaction, *, now: datetime) -> None:
    """Attempts after a day, sessions when they end, links and codes a week after that."""
    await tx.execute(DELETE_OLD_ATTEMPTS, now - timedelta(days=1))
    await tx.execute(DELETE_OLD_SESSIONS, now)
    await tx.execute(DELETE_OLD_MAIL_TOKENS, now - timedelta(days=7))
    # A used code is kept for a while: coming again, it shows that it was stolen.
    await tx.execute(DELETE_OLD_GRANTS, now - timedelta(days=7))
