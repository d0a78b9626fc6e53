"""Bookmarks: what a member keeps for later. Nobody else knows of them."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines

INSERT_BOOKMARK = """
    INSERT INTO bookmarks (account_id, status_id, created_at) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, status_id) DO NOTHING
"""


async def insert_bookmark(
    tx: Transaction, *, account_id: int, status_id: int, at: datetime
) -> bool:
    """Keep the status; False if it was kept already."""
    return bool(await tx.execute(INSERT_BOOKMARK, account_id, status_id, at))


DELETE_BOOKMARK = "DELETE FROM bookmarks WHERE account_id = $1 AND status_id = $2"


async def delete_bookmark(tx: Transaction, *, account_id: int, status_id: int) -> bool:
    """Keep it no longer; False if it was not kept."""
    return bool(await tx.execute(DELETE_BOOKMARK, account_id, status_id))


BOOKMARKED = """
    SELECT b.status_id AS id, b.id AS sort
    FROM bookmarks b
    JOIN statuses kept ON kept.id = b.status_id AND kept.deleted_at IS NULL
    WHERE b.account_id = $1 AND b.id < $2 AND b.id > $3
    ORDER BY b.id DESC
    LIMIT $4
"""
BOOKMARKED_UPWARDS = BOOKMARKED.replace("DESC", "ASC")


async def list_bookmarked(tx: Reading, *, account_id: int, page: Page) -> list[StatusLine]:
    """What this account kept, by the time of keeping, newest first."""
    source = BOOKMARKED_UPWARDS if page.upwards else BOOKMARKED
    bounds = (page.before_id, page.after_id, page.limit)
    return await list_lines(tx, source, *bounds, viewer_id=account_id)
