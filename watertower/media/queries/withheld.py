"""Files that are there and are not served, because of what they belong to."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading, Transaction

WITHHOLD_KEYS = """
    INSERT INTO withheld_files (key, holder)
    SELECT key, $2 FROM unnest($1::text[]) AS key
    ON CONFLICT DO NOTHING
"""
WITHHOLD_OF_ACCOUNT = """
    INSERT INTO withheld_files (key, holder)
    SELECT key, $2
    FROM media_attachments m
    CROSS JOIN LATERAL (VALUES (m.original_key), (m.small_key)) AS keys(key)
    WHERE m.account_id = $1 AND key IS NOT NULL
    ON CONFLICT DO NOTHING
"""
WITHHOLD_OF_STATUS = WITHHOLD_OF_ACCOUNT.replace("m.account_id", "m.status_id")


async def withhold_keys(tx: Transaction, *, keys: Sequence[str], holder: str) -> int:
    """Serve these no longer; how many were served."""
    return await tx.execute(WITHHOLD_KEYS, list(keys), holder)


async def withhold_of_account(tx: Transaction, *, account_id: int, holder: str) -> int:
    """Serve no attachment of this account any longer; how many files were served."""
    return await tx.execute(WITHHOLD_OF_ACCOUNT, account_id, holder)


async def withhold_of_status(tx: Transaction, *, status_id: int, holder: str) -> int:
    """Serve no attachment of this status any longer; how many files were served."""
    return await tx.execute(WITHHOLD_OF_STATUS, status_id, holder)


DELETE_WITHHELD = "DELETE FROM withheld_files WHERE holder = $1"


async def delete_withheld(tx: Transaction, *, holder: str) -> int:
    """Serve what this holder withheld, unless another one does too."""
    return await tx.execute(DELETE_WITHHELD, holder)


IS_WITHHELD = "SELECT EXISTS (SELECT 1 FROM withheld_files WHERE key = $1)"


async def is_withheld(tx: Reading, *, key: str) -> bool:
    """Whether this file is not to be served."""
    return bool(await tx.fetch_value(IS_WITHHELD, key))
