"""Drafts: posts begun, which wait for their author and not for the clock."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page
from watertower.statuses.model import KeptDraft

COLUMNS = "id, account_id, draft, updated_at"

COUNT_DRAFTS = """
    WITH me AS MATERIALIZED (SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE)
    SELECT count(d.id) FROM me LEFT JOIN drafts d ON d.account_id = me.id
"""


async def count_drafts(tx: Transaction, *, account_id: int) -> int:
    """How many this account keeps; the count holds until the commit."""
    return int(await tx.fetch_value(COUNT_DRAFTS, account_id) or 0)


INSERT_DRAFT = """
    INSERT INTO drafts (account_id, draft, created_at, updated_at) VALUES ($1, $2, $3, $3)
    RETURNING id
"""


async def insert_draft(tx: Transaction, *, account_id: int, draft: str, at: datetime) -> int:
    """Keep a packed draft; answers its id."""
    return int(await tx.fetch_value(INSERT_DRAFT, account_id, draft, at))


LOCK_DRAFT = f"SELECT {COLUMNS} FROM drafts WHERE id = $1 AND account_id = $2 FOR UPDATE"


async def lock_draft(tx: Transaction, *, account_id: int, draft_id: int) -> KeptDraft | None:
    """A draft of this account, nobody else's until the commit."""
    return _draft(await tx.fetch_one(LOCK_DRAFT, draft_id, account_id))


FIND_DRAFT = f"SELECT {COLUMNS} FROM drafts WHERE id = $1 AND account_id = $2"


async def find_draft(tx: Reading, *, account_id: int, draft_id: int) -> KeptDraft | None:
    """A draft of this account."""
    return _draft(await tx.fetch_one(FIND_DRAFT, draft_id, account_id))


LIST_DRAFTS = f"""
    SELECT {COLUMNS} FROM drafts
    WHERE account_id = $1 AND id < $2 AND id > $3
    ORDER BY id DESC
    LIMIT $4
"""
LIST_DRAFTS_UPWARDS = LIST_DRAFTS.replace("DESC", "ASC")


async def list_drafts(tx: Reading, *, account_id: int, page: Page) -> Sequence[KeptDraft]:
    """What this account began, newest first."""
    sql = LIST_DRAFTS_UPWARDS if page.upwards else LIST_DRAFTS
    rows = await tx.fetch_all(sql, account_id, page.before_id, page.after_id, page.limit)
    found = [one for one in map(_draft, rows) if one is not None]
    return sorted(found, key=lambda one: one.id, reverse=True)


UPDATE_DRAFT = "UPDATE drafts SET draft = $2, updated_at = $3 WHERE id = $1"


async def update_draft(tx: Transaction, *, draft_id: int, draft: str, at: datetime) -> None:
    """Keep this instead."""
    await tx.execute(UPDATE_DRAFT, draft_id, draft, at)


DELETE_DRAFT = "DELETE FROM drafts WHERE id = $1"


async def delete_draft(tx: Transaction, *, draft_id: int) -> bool:
    """Keep it no longer."""
    return bool(await tx.execute(DELETE_DRAFT, draft_id))


def _draft(row: Row | None) -> KeptDraft | None:
    return row and KeptDraft(*row)
