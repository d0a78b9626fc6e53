"""Mutes: whom a member does not want to read, for how long, and whether to hear of them."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.queries.pages import Listed
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page

INSERT_MUTE = """
    INSERT INTO mutes (account_id, target_account_id, hides_notifications, expires_at, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account_id, target_account_id) DO UPDATE SET
        hides_notifications = excluded.hides_notifications, expires_at = excluded.expires_at
"""


async def insert_mute(
    tx: Transaction,
    *,
    actor_id: int,
    target_id: int,
    hides_notifications: bool,
    expires_at: datetime | None,
    at: datetime,
) -> None:
    """Mute, or change how; `expires_at` None: until taken back."""
    await tx.execute(INSERT_MUTE, actor_id, target_id, hides_notifications, expires_at, at)


DELETE_MUTE = "DELETE FROM mutes WHERE account_id = $1 AND target_account_id = $2"


async def delete_mute(tx: Transaction, *, actor_id: int, target_id: int) -> bool:
    """Unmute; False if there was no mute."""
    return bool(await tx.execute(DELETE_MUTE, actor_id, target_id))


DELETE_EXPIRED_MUTES = """
    DELETE FROM mutes
    WHERE id IN (
        SELECT id FROM mutes
        WHERE expires_at <= $1
        ORDER BY expires_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    )
    RETURNING account_id, target_account_id
"""


async def delete_expired_mutes(
    tx: Transaction, *, now: datetime, limit: int
) -> list[tuple[int, int]]:
    """Take up to `limit` mutes away whose time is over; (who muted, whom)."""
    rows = await tx.fetch_all(DELETE_EXPIRED_MUTES, now, limit)
    return [(row["account_id"], row["target_account_id"]) for row in rows]


LIST_MUTES = """
    SELECT m.target_account_id AS account_id, m.id AS sort, m.expires_at
    FROM mutes m
    JOIN accounts a ON a.id = m.target_account_id
    WHERE m.account_id = $1 AND m.id < $2 AND m.id > $3
      AND (m.expires_at IS NULL OR m.expires_at > $5)
      AND a.suspended_at IS NULL AND a.deleted_at IS NULL
    ORDER BY m.id DESC
    LIMIT $4
"""
LIST_MUTES_UPWARDS = LIST_MUTES.replace("DESC", "ASC")


async def list_mutes(
    tx: Reading, *, account_id: int, page: Page, now: datetime
) -> tuple[Sequence[Listed], dict[int, datetime | None]]:
    """Whom this account mutes, latest first, and by account id when each mute ends."""
    sql = LIST_MUTES_UPWARDS if page.upwards else LIST_MUTES
    rows = await tx.fetch_all(sql, account_id, page.before_id, page.after_id, page.limit, now)
    rows = rows[::-1] if page.upwards else rows
    listed = [(row["account_id"], row["sort"]) for row in rows]
    return listed, {row["account_id"]: row["expires_at"] for row in rows}
