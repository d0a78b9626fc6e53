"""Boosts: statuses that pass another one on."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page

FIND_BOOST = """
    SELECT id FROM statuses
    WHERE reblog_of_id = $1 AND account_id = $2 AND deleted_at IS NULL
"""


async def find_boost(tx: Reading, *, status_id: int, account_id: int) -> int | None:
    """The id of this account's boost of the status."""
    found: int | None = await tx.fetch_value(FIND_BOOST, status_id, account_id)
    return found


HOLD_STATUS = "SELECT true FROM statuses WHERE id = $1 AND deleted_at IS NULL FOR SHARE"


async def hold_status(tx: Transaction, *, status_id: int) -> bool:
    """Have it stay there until the commit; False if it is gone. Many may hold it at once."""
    return bool(await tx.fetch_value(HOLD_STATUS, status_id))


# The row stays, marked, so that those who were shown it can be told; its place is free again. The
# status is counted before the account, as by everybody who counts both: else two would wait for
# one another.
DELETE_BOOST = """
    WITH gone AS (
        UPDATE statuses SET deleted_at = $3, version = version + 1
        WHERE reblog_of_id = $1 AND account_id = $2 AND deleted_at IS NULL
        RETURNING id, uri
    ), counted AS (
        UPDATE status_stats SET reblogs_count = greatest(0, reblogs_count - 1)
        WHERE status_id = $1 AND EXISTS (SELECT 1 FROM gone)
        RETURNING status_id
    ), counted_too AS (
        UPDATE account_stats SET statuses_count = greatest(0, statuses_count - 1)
        WHERE account_id = $2 AND EXISTS (SELECT 1 FROM gone)
          AND (SELECT count(*) FROM counted) >= 0
    )
    SELECT id, uri FROM gone
"""


async def delete_boost(
    tx: Transaction, *, status_id: int, account_id: int, at: datetime
) -> tuple[int, str] | None:
    """Take the boost back; answers its id and uri, None if there was none."""
    row = await tx.fetch_one(DELETE_BOOST, status_id, account_id, at)
    return row and (row["id"], row["uri"])


# Boosts for followers only are nobody else's business.
LIST_BOOSTERS = """
    SELECT b.account_id, b.id
    FROM statuses b
    JOIN accounts a ON a.id = b.account_id
    WHERE b.reblog_of_id = $2 AND b.deleted_at IS NULL AND b.visibility <= 1
      AND b.id < $3 AND b.id > $4
      AND a.suspended_at IS NULL
      AND ($1::bigint IS NULL OR NOT EXISTS (
          SELECT 1 FROM blocks x
          WHERE (x.account_id = $1 AND x.target_account_id = a.id)
             OR (x.account_id = a.id AND x.target_account_id = $1)
      ))
    ORDER BY b.id DESC
    LIMIT $5
"""
LIST_BOOSTERS_UPWARDS = LIST_BOOSTERS.replace("DESC", "ASC")


async def list_boosters(
    tx: Reading, *, status_id: int, viewer_id: int | None, page: Page
) -> list[tuple[int, int]]:
    """Who boosted it publicly, as (account id, id to page by), newest first."""
    sql = LIST_BOOSTERS_UPWARDS if page.upwards else LIST_BOOSTERS
    rows = await tx.fetch_all(sql, viewer_id, status_id, page.before_id, page.after_id, page.limit)
    return sorted(((row["account_id"], row["id"]) for row in rows), key=lambda r: -r[1])
