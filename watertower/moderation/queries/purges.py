"""Who is deleted for good: suspended by us, for long enough, and nothing holds it."""

from datetime import datetime

from watertower.base.db.transaction import Reading

# A suspension with an end is none of these, however long it lasts.
LIST_TO_PURGE = """
    SELECT a.id FROM accounts a
    WHERE a.suspended_at < $1 AND a.suspended_at IS NOT NULL AND a.deleted_at IS NULL
      AND a.domain IS NULL AND a.id > 0
      AND NOT EXISTS (
          SELECT 1 FROM moderation_actions m
          WHERE m.target_account_id = a.id AND m.kind = 'suspend' AND m.undone_at IS NULL
            AND m.ends_at > $2
      )
    ORDER BY a.suspended_at
    LIMIT $3
"""


async def list_to_purge(tx: Reading, *, before: datetime, at: datetime, most: int) -> list[int]:
    """Members suspended before this moment who are still there, the longest first."""
    return [row["id"] for row in await tx.fetch_all(LIST_TO_PURGE, before, at, most)]
