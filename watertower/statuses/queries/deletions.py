"""Take statuses away: the rows stay, marked, and every count forgets them."""

from datetime import datetime

from watertower.base.db.transaction import Transaction

# Boosts go with what they boost. Accounts are counted down in the order of their ids, so that
# two deletions at once never wait for one another in turn.
DELETE_STATUS = """
    WITH gone AS (
        UPDATE statuses SET deleted_at = $2, version = version + 1
        WHERE id = $1 AND deleted_at IS NULL
        RETURNING id, account_id, visibility, in_reply_to_id, reblog_of_id, quoted_status_id,
                  quote_state
    ), boosts AS (
        UPDATE statuses SET deleted_at = $2, version = version + 1
        WHERE reblog_of_id = $1 AND deleted_at IS NULL AND EXISTS (SELECT 1 FROM gone)
        RETURNING account_id
    ), fewer AS (
        SELECT account_id, count(*) AS statuses
        FROM (
            SELECT account_id FROM gone WHERE visibility < 3
            UNION ALL
            SELECT account_id FROM boosts
        ) each_one
        GROUP BY account_id
        ORDER BY account_id
    ), counted AS (
        UPDATE account_stats
        SET statuses_count = greatest(0, statuses_count - fewer.statuses)
        FROM fewer
        WHERE account_stats.account_id = fewer.account_id
    ), answered AS (
        UPDATE status_stats
        SET replies_count = greatest(0, replies_count - 1)
        FROM gone
        WHERE status_id = gone.in_reply_to_id AND gone.visibility <= 1
    ), boosted AS (
        UPDATE status_stats
        SET reblogs_count = greatest(0, reblogs_count - 1)
        FROM gone
        WHERE status_id = gone.reblog_of_id
    ), quoted AS (
        UPDATE status_stats
        SET quotes_count = greatest(0, quotes_count - 1)
        FROM gone
        WHERE status_id = gone.quoted_status_id AND gone.quote_state = 'accepted'
          AND gone.visibility <= 1
    ), unpinned AS (
        DELETE FROM status_pins WHERE status_id IN (SELECT id FROM gone)
    )
    SELECT EXISTS (SELECT 1 FROM gone)
"""


async def delete_status_row(tx: Transaction, *, status_id: int, at: datetime) -> bool:
    """Mark a status and its boosts as deleted and count them down; False if it was so already."""
    return bool(await tx.fetch_value(DELETE_STATUS, status_id, at))


INSERT_TOMBSTONE = """
    INSERT INTO tombstones (uri, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
"""


async def insert_tombstone(tx: Transaction, *, uri: str, account_id: int) -> None:
    """Remember that this was deleted elsewhere, so that late copies do not bring it back."""
    await tx.execute(INSERT_TOMBSTONE, uri, account_id)


HAS_TOMBSTONE = "SELECT EXISTS (SELECT 1 FROM tombstones WHERE uri = $1)"


async def has_tombstone(tx: Transaction, *, uri: str) -> bool:
    """Whether the status of this address was deleted."""
    return bool(await tx.fetch_value(HAS_TOMBSTONE, uri))


SWEEP_DELETED = """
    DELETE FROM statuses
    WHERE id IN (
        SELECT s.id FROM statuses s
        WHERE s.deleted_at < $1
          -- not what staff withheld, nor the boosts that went with it, while it may come back
          AND NOT EXISTS (
              SELECT 1 FROM withheld_statuses w
              WHERE w.status_id IN (s.id, s.reblog_of_id)
          )
        ORDER BY s.deleted_at
        LIMIT $2
    )
"""


async def sweep_deleted(tx: Transaction, *, before: datetime, most: int) -> int:
    """Remove rows that were marked as deleted before this moment; answers how many."""
    return await tx.execute(SWEEP_DELETED, before, most)
