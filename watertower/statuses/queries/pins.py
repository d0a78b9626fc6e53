"""Pins: statuses that their authors keep on top of the profile."""

from datetime import datetime

from watertower.base.db.transaction import Transaction

INSERT_PIN = """
    INSERT INTO status_pins (account_id, status_id, created_at) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, status_id) DO NOTHING
"""


async def insert_pin(tx: Transaction, *, account_id: int, status_id: int, at: datetime) -> bool:
    """Pin; False if it was pinned already."""
    return bool(await tx.execute(INSERT_PIN, account_id, status_id, at))


# The account's row is locked, so that two pins at once cannot both take the last place.
COUNT_PINS = """
    WITH me AS MATERIALIZED (SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE)
    SELECT count(*)
    FROM me
    JOIN status_pins p ON p.account_id = me.id
    JOIN statuses s ON s.id = p.status_id AND s.deleted_at IS NULL
    WHERE p.status_id <> $2
"""


async def count_other_pins(tx: Transaction, *, account_id: int, status_id: int) -> int:
    """How many statuses besides this one are pinned; the count holds until the commit."""
    number: int = await tx.fetch_value(COUNT_PINS, account_id, status_id)
    return number


DELETE_PIN = "DELETE FROM status_pins WHERE account_id = $1 AND status_id = $2"


async def delete_pin(tx: Transaction, *, account_id: int, status_id: int) -> bool:
    """Unpin; False if it was not pinned."""
    return bool(await tx.execute(DELETE_PIN, account_id, status_id))
