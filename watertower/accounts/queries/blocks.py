"""Blocks: who wants nothing to do with whom."""

from datetime import datetime

from watertower.accounts.queries.pages import Listed, list_page
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page

INSERT_BLOCK = """
    INSERT INTO blocks (account_id, target_account_id, uri, created_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id, target_account_id) DO NOTHING
    RETURNING id
"""


async def insert_block(
    tx: Transaction, *, actor_id: int, target_id: int, uri: str | None, at: datetime
) -> bool:
    """Block; False if that is so already."""
    return bool(await tx.fetch_value(INSERT_BLOCK, actor_id, target_id, uri, at))


DELETE_BLOCK = """
    DELETE FROM blocks
    WHERE account_id = $1 AND target_account_id = $2
    RETURNING coalesce(uri, '')
"""


async def delete_block(tx: Transaction, *, actor_id: int, target_id: int) -> str | None:
    """Unblock; the block's uri ('' if it had none), or None if there was no block."""
    found: str | None = await tx.fetch_value(DELETE_BLOCK, actor_id, target_id)
    return found


FIND_BLOCK_URI = """
    SELECT coalesce(uri, '') FROM blocks WHERE account_id = $1 AND target_account_id = $2
"""


async def find_block_uri(tx: Reading, *, actor_id: int, target_id: int) -> str | None:
    """The ActivityPub id of a block; None if there is no such block."""
    found: str | None = await tx.fetch_value(FIND_BLOCK_URI, actor_id, target_id)
    return found


LIST_BLOCKS = """
    SELECT b.target_account_id AS account_id, b.id AS sort
    FROM blocks b
    JOIN accounts a ON a.id = b.target_account_id
    WHERE b.account_id = $1 AND b.id < $2 AND b.id > $3
      AND a.suspended_at IS NULL AND a.deleted_at IS NULL
    ORDER BY b.id DESC
    LIMIT $4
"""


async def list_blocks(tx: Reading, *, account_id: int, page: Page) -> list[Listed]:
    """Whom this account blocks, latest first."""
    return await list_page(tx, LIST_BLOCKS, account_id, page=page)
