"""Favourites: who starred what."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines

INSERT_FAVOURITE = """
    WITH new AS (
        INSERT INTO favourites (account_id, status_id, uri, created_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (account_id, status_id) DO NOTHING
        RETURNING id
    ), counted AS (
        INSERT INTO status_stats (status_id, favourites_count)
        SELECT $2, 1 FROM new
        ON CONFLICT (status_id)
        DO UPDATE SET favourites_count = status_stats.favourites_count + 1
    )
    SELECT id FROM new
"""


async def insert_favourite(
    tx: Transaction, *, account_id: int, status_id: int, uri: str | None, at: datetime
) -> int | None:
    """Star; answers the favourite's id, or None if it was there already."""
    found: int | None = await tx.fetch_value(INSERT_FAVOURITE, account_id, status_id, uri, at)
    return found


DELETE_FAVOURITE = """
    WITH gone AS (
        DELETE FROM favourites
        WHERE account_id = $1 AND status_id = $2
        RETURNING id
    ), counted AS (
        UPDATE status_stats SET favourites_count = greatest(0, favourites_count - 1)
        WHERE status_id = $2 AND EXISTS (SELECT 1 FROM gone)
    )
    SELECT id FROM gone
"""


async def delete_favourite(tx: Transaction, *, account_id: int, status_id: int) -> int | None:
    """Take the star back; answers the favourite's id, or None if there was none."""
    found: int | None = await tx.fetch_value(DELETE_FAVOURITE, account_id, status_id)
    return found


# A source for lines.py: what an account starred, paged by the favourite's id.
FAVOURITED = """
    SELECT f.status_id AS id, f.id AS sort
    FROM favourites f
    JOIN statuses kept ON kept.id = f.status_id AND kept.deleted_at IS NULL
    WHERE f.account_id = $1 AND f.id < $2 AND f.id > $3
    ORDER BY f.id DESC
    LIMIT $4
"""
FAVOURITED_UPWARDS = FAVOURITED.replace("ORDER BY f.id DESC", "ORDER BY f.id")


async def list_favourited(tx: Reading, *, account_id: int, page: Page) -> list[StatusLine]:
    """What this account starred, by the time of starring, newest first."""
    source = FAVOURITED_UPWARDS if page.upwards else FAVOURITED
    bounds = (page.before_id, page.after_id, page.limit)
    return await list_lines(tx, source, *bounds, viewer_id=account_id)


LIST_FAVOURITERS = """
    SELECT f.account_id, f.id
    FROM favourites f
    JOIN accounts a ON a.id = f.account_id
    WHERE f.status_id = $2 AND f.id < $3 AND f.id > $4
      AND a.suspended_at IS NULL
      AND ($1::bigint IS NULL OR NOT EXISTS (
          SELECT 1 FROM blocks x
          WHERE (x.account_id = $1 AND x.target_account_id = a.id)
             OR (x.account_id = a.id AND x.target_account_id = $1)
      ))
    ORDER BY f.id DESC
    LIMIT $5
"""
LIST_FAVOURITERS_UPWARDS = LIST_FAVOURITERS.replace("DESC", "ASC")


async def list_favouriters(
    tx: Reading, *, status_id: int, viewer_id: int | None, page: Page
) -> list[tuple[int, int]]:
    """Who starred it, as (account id, id to page by), newest first."""
    sql = LIST_FAVOURITERS_UPWARDS if page.upwards else LIST_FAVOURITERS
    rows = await tx.fetch_all(sql, viewer_id, status_id, page.before_id, page.after_id, page.limit)
    return sorted(((row["account_id"], row["id"]) for row in rows), key=lambda r: -r[1])
