"""Archives that members asked for."""

from datetime import datetime

from watertower.accounts.credentials import Archive
from watertower.base.db.transaction import Reading, Transaction

COLUMNS = "id, account_id, file_key, file_bytes, created_at, finished_at"

# The account is locked, so that asking twice at once makes one archive.
LOCK_ACCOUNT = "SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE"
INSERT_ARCHIVE = "INSERT INTO archives (account_id, created_at) VALUES ($1, $2) RETURNING id"


async def lock_account(tx: Transaction, *, account_id: int) -> None:
    """Let nobody else ask for this account until the transaction ends."""
    await tx.fetch_value(LOCK_ACCOUNT, account_id)


async def insert_archive(tx: Transaction, *, account_id: int, at: datetime) -> int:
    """Note that one is wanted; its id."""
    new_id: int = await tx.fetch_value(INSERT_ARCHIVE, account_id, at)
    return new_id


FIND_ARCHIVE = f"SELECT {COLUMNS} FROM archives WHERE id = $1"


async def find_archive(tx: Reading, *, archive_id: int) -> Archive | None:
    """The archive of this id."""
    row = await tx.fetch_one(FIND_ARCHIVE, archive_id)
    return row and Archive(*row.values())


LIST_ARCHIVES = f"SELECT {COLUMNS} FROM archives WHERE account_id = $1 ORDER BY id DESC LIMIT 10"


async def list_archives(tx: Reading, *, account_id: int) -> list[Archive]:
    """A member's archives, newest first."""
    return [Archive(*row.values()) for row in await tx.fetch_all(LIST_ARCHIVES, account_id)]


UPDATE_MADE = """
    UPDATE archives SET file_key = $2, file_bytes = $3, finished_at = $4
    WHERE id = $1 AND finished_at IS NULL
"""


async def update_made(
    tx: Transaction, *, archive_id: int, file_key: str, file_bytes: int, at: datetime
) -> bool:
    """The file is there; False if it was, or nobody wants it any more."""
    return bool(await tx.execute(UPDATE_MADE, archive_id, file_key, file_bytes, at))


DELETE_OLD_ARCHIVES = """
    DELETE FROM archives
    WHERE id IN (
        SELECT a.id FROM archives a
        JOIN accounts o ON o.id = a.account_id
        WHERE a.created_at < $1 OR o.deleted_at IS NOT NULL
        ORDER BY a.id
        LIMIT 200
    )
    RETURNING file_key
"""


async def delete_old_archives(tx: Transaction, *, before: datetime) -> list[str]:
    """Forget archives from before this moment, and of deleted members; the keys of their files."""
    rows = await tx.fetch_all(DELETE_OLD_ARCHIVES, before)
    return [row["file_key"] for row in rows if row["file_key"]]
