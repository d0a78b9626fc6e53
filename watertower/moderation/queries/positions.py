"""Positions: who holds what the place stands on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import to_json

_POSITION = """
    SELECT p.id, p.name, p.title, p.state, p.is_public, p.checklist::text AS checklist,
           p.holder_account_id, h.username AS holder, p.deputy_account_id, d.username AS deputy,
           p.successor_account_id, s.username AS successor, p.held_since, p.shadowing_since,
           p.acting_since, p.acting_confirmed_by, h.deleted_at IS NOT NULL AS is_holder_gone
    FROM positions p
    LEFT JOIN accounts h ON h.id = p.holder_account_id
    LEFT JOIN accounts d ON d.id = p.deputy_account_id
    LEFT JOIN accounts s ON s.id = p.successor_account_id
"""
LIST_POSITIONS = f"{_POSITION} ORDER BY p.title, p.id LIMIT 100"


async def list_positions(tx: Reading) -> list[Row]:
    """All positions by title; checklist is JSON."""
    return await tx.fetch_all(LIST_POSITIONS)


LOCK_POSITION = f"{_POSITION} WHERE p.id = $1 FOR UPDATE OF p"


async def lock_position(tx: Transaction, *, position_id: int) -> Row | None:
    """One position, held until the transaction ends."""
    return await tx.fetch_one(LOCK_POSITION, position_id)


INSERT_POSITION = """
    INSERT INTO positions (
        name, title, holder_account_id, deputy_account_id, checklist, is_public, held_since,
        updated_at)
    VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $7)
    ON CONFLICT (name) DO NOTHING RETURNING id
"""


async def insert_position(
    tx: Transaction,
    *,
    name: str,
    title: str,
    holder_id: int,
    deputy_id: int | None,
    checklist: Sequence[dict[str, Any]],
    is_public: bool,
    at: datetime,
) -> int | None:
    """A position; None if there is one of that name."""
    made: int | None = await tx.fetch_value(
        INSERT_POSITION, name, title, holder_id, deputy_id, to_json(list(checklist)), is_public, at
    )
    return made


_SETTABLE = {
    "state": "text",
    "holder_account_id": "bigint",
    "deputy_account_id": "bigint",
    "successor_account_id": "bigint",
    "checklist": "jsonb",
    "held_since": "timestamptz",
    "shadowing_since": "timestamptz",
    "acting_since": "timestamptz",
    "acting_confirmed_by": "bigint",
}


async def update_position(
    tx: Transaction, *, position_id: int, at: datetime, **values: Any
) -> None:
    """Set these columns of a position."""
    if set(values) - set(_SETTABLE):
        raise ValueError(f"no column of positions: {sorted(values)}")
    sets = ", ".join(
        f"{name} = ${place}::{_SETTABLE[name]}" for place, name in enumerate(values, start=3)
    )
    await tx.execute(
        f"UPDATE positions SET updated_at = $2, {sets} WHERE id = $1",
        position_id,
        at,
        *(to_json(value) if name == "checklist" else value for name, value in values.items()),
    )


HAS_OTHER_UNDER_WAY = """
    SELECT EXISTS (
        SELECT FROM positions WHERE holder_account_id = $1 AND id <> $2
          AND state IN ('named', 'shadowing', 'transferred')
    )
"""


async def has_other_under_way(tx: Reading, *, holder_id: int, position_id: int) -> bool:
    """Whether the holder is handing over something else."""
    found: bool = await tx.fetch_value(HAS_OTHER_UNDER_WAY, holder_id, position_id)
    return found


# A holder who was not here for long, or not at all any more, and has a deputy.
LIST_SILENT = """
    SELECT p.id, p.title, p.holder_account_id, p.deputy_account_id
    FROM positions p
    LEFT JOIN logins l ON l.account_id = p.holder_account_id
    LEFT JOIN accounts a ON a.id = p.holder_account_id
    WHERE p.acting_since IS NULL AND p.deputy_account_id IS NOT NULL
      AND (l.id IS NULL OR a.deleted_at IS NOT NULL
           OR coalesce(l.last_active_at, l.confirmed_at, p.held_since) < $1)
    ORDER BY p.id LIMIT 100 FOR UPDATE OF p SKIP LOCKED
"""


async def list_silent(tx: Transaction, *, since: datetime) -> list[Row]:
    """Positions whose holder was silent since then: id, title, holder_account_id, deputy …."""
    return await tx.fetch_all(LIST_SILENT, since)


LIST_BACK = """
    SELECT p.id, p.title, p.holder_account_id, p.deputy_account_id
    FROM positions p JOIN logins l ON l.account_id = p.holder_account_id
    WHERE p.acting_since IS NOT NULL AND l.last_active_at > p.acting_since
    ORDER BY p.id LIMIT 100 FOR UPDATE OF p SKIP LOCKED
"""


async def list_back(tx: Transaction) -> list[Row]:
    """Positions whose holder is here again."""
    return await tx.fetch_all(LIST_BACK)
