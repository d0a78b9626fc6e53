"""Bookmarks: what a member keeps for later. Nobody else knows of them."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines

INSERT_BOOKMARK = """
    INSERT INTO bookmarks AS b (account_id, status_id, created_at, folder_id)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id, status_id) DO UPDATE SET folder_id = excluded.folder_id
    WHERE excluded.folder_id IS NOT NULL AND b.folder_id IS DISTINCT FROM excluded.folder_id
"""


async def insert_bookmark(
    tx: Transaction, *, account_id: int, status_id: int, folder_id: int | None, at: datetime
) -> bool:
    """Keep the status, or put it into another folder; False if nothing changed."""
    return bool(await tx.execute(INSERT_BOOKMARK, account_id, status_id, at, folder_id))


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
IN_FOLDER = BOOKMARKED.replace("b.id > $3", "b.id > $3 AND b.folder_id = $5")
IN_FOLDER_UPWARDS = IN_FOLDER.replace("DESC", "ASC")


async def list_bookmarked(
    tx: Reading, *, account_id: int, page: Page, folder_id: int | None = None
) -> list[StatusLine]:
    """What this account kept, by the time of keeping, newest first; with a folder what is in it."""
    bounds = (page.before_id, page.after_id, page.limit)
    if folder_id is not None:
        source = IN_FOLDER_UPWARDS if page.upwards else IN_FOLDER
        return await list_lines(tx, source, *bounds, folder_id, viewer_id=account_id)
    source = BOOKMARKED_UPWARDS if page.upwards else BOOKMARKED
    return await list_lines(tx, source, *bounds, viewer_id=account_id)
