"""Mistakes of moderation."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.mistakes import Mistake

_NAMES = tuple(f.name for f in fields(Mistake))
_COLUMNS = ", ".join(_NAMES)

INSERT_MISTAKE = """
    INSERT INTO mistakes (case_id, action_id, suspicion, suspected_by_account_id, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING
    RETURNING id
"""


async def insert_mistake(
    tx: Transaction, *, case_id: int, action_id: int | None, suspicion: str, by: int, at: datetime
) -> int | None:
    """A suspicion; None if this action is under suspicion already."""
    made: int | None = await tx.fetch_value(INSERT_MISTAKE, case_id, action_id, suspicion, by, at)
    return made


FIND_MISTAKE = f"SELECT {_COLUMNS} FROM mistakes WHERE id = $1"
LOCK_MISTAKE = f"{FIND_MISTAKE} FOR UPDATE"


async def find_mistake(tx: Reading, *, mistake_id: int) -> Mistake | None:
    """One."""
    row = await tx.fetch_one(FIND_MISTAKE, mistake_id)
    return row and Mistake(*row.values())


async def lock_mistake(tx: Transaction, *, mistake_id: int) -> Mistake | None:
    """One, held until the commit."""
    row = await tx.fetch_one(LOCK_MISTAKE, mistake_id)
    return row and Mistake(*row.values())


FIND_MISTAKE_OF_ACTION = "SELECT id FROM mistakes WHERE action_id = $1 AND state <> 'refuted'"


async def find_mistake_of_action(tx: Reading, *, action_id: int) -> int | None:
    """The mistake that an action is suspected to be."""
    found: int | None = await tx.fetch_value(FIND_MISTAKE_OF_ACTION, action_id)
    return found


LIST_MISTAKES = f"SELECT {_COLUMNS} FROM mistakes WHERE case_id = $1 ORDER BY id LIMIT 50"


async def list_mistakes(tx: Reading, *, case_id: int) -> list[Mistake]:
    """The mistakes of a case."""
    return [Mistake(*row.values()) for row in await tx.fetch_all(LIST_MISTAKES, case_id)]


LIST_DUE_REVIEWS = f"""
    SELECT {_COLUMNS} FROM mistakes
    WHERE reviewed_at IS NULL AND policy_due_at IS NOT NULL
    ORDER BY policy_due_at LIMIT 100
"""


async def list_policy_reviews(tx: Reading) -> list[Mistake]:
    """Policy reviews that are still to be done, next one first."""
    return [Mistake(*row.values()) for row in await tx.fetch_all(LIST_DUE_REVIEWS)]


async def update_mistake(tx: Transaction, *, mistake_id: int, **values: Any) -> int:
    """Set these columns."""
    unknown = set(values) - set(_NAMES)
    if unknown:
        raise ValueError(f"no column of mistakes: {sorted(unknown)}")
    sets = ", ".join(f"{name} = ${place}" for place, name in enumerate(values, start=2))
    return await tx.execute(
        f"UPDATE mistakes SET {sets} WHERE id = $1", mistake_id, *values.values()
    )
