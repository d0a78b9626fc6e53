"""Favourites: who starred what."""

from datetime import datetime

from watertower.base.db.transaction import Transaction

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
    WHERE f.account_id = $1 AND f.id < $2 AND f.id > $3
    ORDER BY f.id DESC
    LIMIT $4
"""
FAVOURITED_UPWARDS = FAVOURITED.replace("ORDER BY f.id DESC", "ORDER BY f.id")
