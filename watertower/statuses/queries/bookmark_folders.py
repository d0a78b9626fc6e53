"""Folders of bookmarks."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.statuses.model import BookmarkFolder

LIST_FOLDERS = "SELECT id, name FROM bookmark_folders WHERE account_id = $1 ORDER BY id LIMIT 200"


async def list_folders(tx: Reading, *, account_id: int) -> Sequence[BookmarkFolder]:
    """All folders of an account, oldest first."""
    return [BookmarkFolder(*row) for row in await tx.fetch_all(LIST_FOLDERS, account_id)]


# The account's row is locked, so that two at once cannot both make the last one.
INSERT_FOLDER = """
    WITH me AS MATERIALIZED (SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE)
    INSERT INTO bookmark_folders (account_id, name, created_at)
    SELECT me.id, $2, $3 FROM me
    WHERE (SELECT count(*) FROM bookmark_folders f WHERE f.account_id = me.id) < $4
       OR EXISTS (SELECT 1 FROM bookmark_folders f WHERE f.account_id = me.id AND f.name = $2)
    ON CONFLICT (account_id, name) DO UPDATE SET name = excluded.name
    RETURNING id, name
"""


async def insert_folder(
    tx: Transaction, *, account_id: int, name: str, at: datetime, most: int
) -> BookmarkFolder | None:
    """A folder of this name, the one that is there already included; None if there are too many."""
    row = await tx.fetch_one(INSERT_FOLDER, account_id, name, at, most)
    return row and BookmarkFolder(*row)


UPDATE_FOLDER = """
    UPDATE bookmark_folders SET name = $3
    WHERE id = $2 AND account_id = $1 AND NOT EXISTS (
        SELECT 1 FROM bookmark_folders o WHERE o.account_id = $1 AND o.name = $3 AND o.id <> $2
    )
    RETURNING id, name
"""


async def update_folder(
    tx: Transaction, *, account_id: int, folder_id: int, name: str
) -> BookmarkFolder | None:
    """Another name; None if it is not this account's, or the name is taken."""
    row = await tx.fetch_one(UPDATE_FOLDER, account_id, folder_id, name)
    return row and BookmarkFolder(*row)


DELETE_FOLDER = "DELETE FROM bookmark_folders WHERE id = $2 AND account_id = $1"


async def delete_folder(tx: Transaction, *, account_id: int, folder_id: int) -> bool:
    """The folder goes, its bookmarks stay."""
    return bool(await tx.execute(DELETE_FOLDER, account_id, folder_id))


HAS_FOLDER = "SELECT true FROM bookmark_folders WHERE id = $2 AND account_id = $1"


async def has_folder(tx: Reading, *, account_id: int, folder_id: int) -> bool:
    """Whether the folder is this account's."""
    return bool(await tx.fetch_value(HAS_FOLDER, account_id, folder_id))
