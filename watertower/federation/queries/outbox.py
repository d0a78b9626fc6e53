"""Where an account elsewhere lists its posts, and when we last read that list."""

from datetime import datetime

from watertower.base.db.transaction import Transaction

UPSERT_OUTBOX_LOOK = """
    INSERT INTO outbox_looks AS l (account_id, looked_at)
    SELECT a.id, $2 FROM accounts a
    WHERE a.id = $1 AND a.domain IS NOT NULL AND a.deleted_at IS NULL AND a.suspended_at IS NULL
      AND a.outbox_url <> ''
    ON CONFLICT (account_id) DO UPDATE SET looked_at = excluded.looked_at WHERE l.looked_at < $3
    RETURNING (SELECT outbox_url FROM accounts WHERE id = $1)
"""


async def upsert_outbox_look(
    tx: Transaction, *, account_id: int, at: datetime, last_before: datetime
) -> str | None:
    """Begin to read an outbox: its address, or None if that is not due."""
    found: str | None = await tx.fetch_value(UPSERT_OUTBOX_LOOK, account_id, at, last_before)
    return found
