"""Polls: find, count votes, close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction


@dataclass(frozen=True)
class Poll:
    """A question and how its votes stand."""

    id: int
    account_id: int
    status_id: int
    options: Sequence[str]
    is_multiple: bool
    hides_totals: bool
    expires_at: datetime | None


COLUMNS = "id, account_id, status_id, options, is_multiple, hides_totals, expires_at"

FIND_POLL = f"SELECT {COLUMNS} FROM polls WHERE id = $1"


async def find_poll(tx: Reading, *, poll_id: int) -> Poll | None:
    """The poll of this id. Who may see it is decided by its status."""
    row = await tx.fetch_one(FIND_POLL, poll_id)
    return row and Poll(*row)


LOCK_POLL = FIND_POLL + " FOR NO KEY UPDATE"


async def lock_poll(tx: Transaction, *, poll_id: int) -> Poll | None:
    """The poll, with nobody else voting in it until the commit."""
    row = await tx.fetch_one(LOCK_POLL, poll_id)
    return row and Poll(*row)


FIND_POLL_OF_STATUS = f"SELECT {COLUMNS} FROM polls WHERE status_id = $1"


FIND_POLL_END = "SELECT expires_at FROM polls WHERE id = $1 AND closed_at IS NULL"


async def find_poll_end(tx: Reading, *, poll_id: int) -> datetime | None:
    """When a poll that is still open ends."""
    end: datetime | None = await tx.fetch_value(FIND_POLL_END, poll_id)
    return end


# The status gets a new version: whether totals show depends on the end.
UPDATE_POLL_CLOSED = """
    WITH closed AS (
        UPDATE polls SET closed_at = $2
        WHERE id = $1 AND closed_at IS NULL AND expires_at <= $2
        RETURNING status_id
    ), shown AS (
        UPDATE statuses SET version = version + 1
        WHERE id = (SELECT status_id FROM closed)
    )
    SELECT EXISTS (SELECT 1 FROM closed)
"""


async def update_poll_closed(tx: Transaction, *, poll_id: int, at: datetime) -> bool:
    """Close a poll whose time is over; False if it was closed before or is not over."""
    return bool(await tx.fetch_value(UPDATE_POLL_CLOSED, poll_id, at))
