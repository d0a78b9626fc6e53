"""Freezes: written once, and moved on by the steps of steps/freeze.py."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page
from watertower.moderation.model.freeze import Freeze, State

_NAMES = tuple(f.name for f in fields(Freeze))
COLUMNS = ", ".join(f"z.{name}" for name in _NAMES)

INSERT_FREEZE = """
    INSERT INTO freezes (
        action_id, account_id, case_id, begun_at, respond_by, complete_by, clock_begun_at,
        clock_due_at, look_at)
    VALUES ($1, $2, $3, $4, $5, $6, $4, $7, $8)
    ON CONFLICT DO NOTHING
    RETURNING id
"""


async def insert_freeze(
    tx: Transaction,
    *,
    action_id: int,
    account_id: int,
    case_id: int | None,
    at: datetime,
    respond_by: datetime,
    complete_by: datetime,
    due_at: datetime | None,
    look_at: datetime | None,
) -> int | None:
    """A new freeze; its id, None if the account has an open one. No `due_at`: no clock runs."""
    made: int | None = await tx.fetch_value(
        INSERT_FREEZE,
        action_id,
        account_id,
        case_id,
        at,
        respond_by,
        complete_by,
        due_at,
        look_at,
    )
    return made


FIND_FREEZE = f"SELECT {COLUMNS} FROM freezes z WHERE z.id = $1"


async def find_freeze(tx: Reading, *, freeze_id: int) -> Freeze | None:
    """One freeze, for the server itself; for somebody see access/freeze.py."""
    return _freeze_of(await tx.fetch_one(FIND_FREEZE, freeze_id))


LOCK_FREEZE = f"{FIND_FREEZE} FOR UPDATE"


async def lock_freeze(tx: Transaction, *, freeze_id: int) -> Freeze | None:
    """One freeze, which nobody else moves until the transaction ends."""
    return _freeze_of(await tx.fetch_one(LOCK_FREEZE, freeze_id))


FIND_OPEN_FREEZE = f"SELECT {COLUMNS} FROM freezes z WHERE z.account_id = $1 AND ended_at IS NULL"


async def find_open_freeze(tx: Reading, *, account_id: int) -> Freeze | None:
    """The freeze that holds for an account."""
    return _freeze_of(await tx.fetch_one(FIND_OPEN_FREEZE, account_id))


LOCK_OPEN_FREEZE = f"{FIND_OPEN_FREEZE} FOR UPDATE"


async def lock_open_freeze(tx: Transaction, *, account_id: int) -> Freeze | None:
    """The same, held until the transaction ends."""
    return _freeze_of(await tx.fetch_one(LOCK_OPEN_FREEZE, account_id))


FIND_FREEZE_OF_ACTION = f"SELECT {COLUMNS} FROM freezes z WHERE z.action_id = $1"


async def find_freeze_of_action(tx: Reading, *, action_id: int) -> Freeze | None:
    """The freeze that this action began."""
    return _freeze_of(await tx.fetch_one(FIND_FREEZE_OF_ACTION, action_id))


FIND_FREEZE_OF_CASE = f"""
    SELECT {COLUMNS} FROM freezes z WHERE z.case_id = $1 ORDER BY z.id DESC LIMIT 1
"""


async def find_freeze_of_case(tx: Reading, *, case_id: int) -> Freeze | None:
    """The newest freeze that came of a case."""
    return _freeze_of(await tx.fetch_one(FIND_FREEZE_OF_CASE, case_id))


# What may be set, so that no name comes from outside.
_SETTABLE = frozenset(_NAMES) - {"id", "action_id", "account_id", "begun_at"}


async def update_freeze(tx: Transaction, *, freeze_id: int, **values: Any) -> int:
    """Set these columns of a freeze."""
    unknown = set(values) - _SETTABLE
    if unknown or not values:
        raise ValueError(f"no column of freezes: {sorted(unknown)}")
    sets = ", ".join(f"{name} = ${place}" for place, name in enumerate(values, start=2))
    return await tx.execute(f"UPDATE freezes SET {sets} WHERE id = $1", freeze_id, *values.values())


# Two workers never look at the same freeze at once.
LOCK_DUE_FREEZES = f"""
    SELECT {COLUMNS} FROM freezes z
    WHERE z.look_at <= $1 AND z.ended_at IS NULL AND z.look_at IS NOT NULL
    ORDER BY z.look_at, z.id
    LIMIT $2
    FOR UPDATE SKIP LOCKED
"""


async def lock_due_freezes(tx: Transaction, *, at: datetime, most: int) -> list[Freeze]:
    """Open freezes of which somebody has to be told something by now."""
    rows = await tx.fetch_all(LOCK_DUE_FREEZES, at, most)
    return [freeze for freeze in map(_freeze_of, rows) if freeze is not None]


# Nobody sees a freeze about themselves, of a case they reported or stepped aside from.
_WALL = """
    z.account_id <> $1
      AND NOT EXISTS (SELECT 1 FROM case_conflicts c
                      WHERE c.case_id = z.case_id AND c.account_id = $1)
      AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.case_id = z.case_id AND r.account_id = $1)
"""
FIND_FREEZE_FOR = f"SELECT {COLUMNS} FROM freezes z WHERE z.id = $2 AND {_WALL}"


async def find_freeze_for(tx: Reading, *, viewer_id: int, freeze_id: int) -> Freeze | None:
    """One freeze for a moderator; None for what is about themselves or a conflict of theirs."""
    return _freeze_of(await tx.fetch_one(FIND_FREEZE_FOR, viewer_id, freeze_id))


# Those that a lead has to decide first, then what is due next.
LIST_OPEN_FREEZES = f"""
    SELECT {COLUMNS} FROM freezes z
    WHERE {_WALL} AND z.ended_at IS NULL
    ORDER BY (z.escalated_at IS NOT NULL AND z.kept_at IS NULL) DESC,
             z.clock_due_at NULLS LAST, z.id
    LIMIT $2 OFFSET $3
"""
LIST_ENDED_FREEZES = f"""
    SELECT {COLUMNS} FROM freezes z
    WHERE {_WALL} AND z.ended_at IS NOT NULL AND z.id < $2 AND z.id > $3
    ORDER BY z.id DESC
    LIMIT $4
"""
LIST_ENDED_FREEZES_UPWARDS = LIST_ENDED_FREEZES.replace("DESC", "ASC")


async def list_open_freezes(
    tx: Reading, *, viewer_id: int, most: int, skips: int = 0
) -> list[Freeze]:
    """Freezes that hold: what was missed first, then by what is due. Never the viewer's own."""
    rows = await tx.fetch_all(LIST_OPEN_FREEZES, viewer_id, most, skips)
    return [freeze for freeze in map(_freeze_of, rows) if freeze is not None]


async def list_ended_freezes(tx: Reading, *, viewer_id: int, page: Page) -> list[Freeze]:
    """Freezes that ended, newest first."""
    sql = LIST_ENDED_FREEZES_UPWARDS if page.upwards else LIST_ENDED_FREEZES
    rows = await tx.fetch_all(sql, viewer_id, page.before_id, page.after_id, page.limit)
    rows = rows[::-1] if page.upwards else rows
    return [freeze for freeze in map(_freeze_of, rows) if freeze is not None]


LIST_FREEZES_BY_ACCOUNT = f"""
    SELECT {COLUMNS} FROM freezes z WHERE z.account_id = ANY($1::bigint[]) AND z.ended_at IS NULL
"""


async def list_open_freezes_of(tx: Reading, *, account_ids: Sequence[int]) -> dict[int, Freeze]:
    """The open freezes of these accounts, by account."""
    rows = await tx.fetch_all(LIST_FREEZES_BY_ACCOUNT, list(account_ids))
    return {row["account_id"]: found for row in rows if (found := _freeze_of(row)) is not None}


# The account has to be frozen still, by the action that began it.
FIND_LAST_SUSPENDED = f"""
    SELECT {COLUMNS} FROM freezes z
    JOIN moderation_actions m ON m.id = z.action_id AND m.undone_at IS NULL
    JOIN logins l ON l.account_id = z.account_id AND l.frozen_at IS NOT NULL
    WHERE z.account_id = $1 AND z.state = 'suspended'
    ORDER BY z.id DESC
    LIMIT 1
"""


async def find_last_suspended(tx: Reading, *, account_id: int) -> Freeze | None:
    """The freeze that a suspension ended, and that would hold without it."""
    return _freeze_of(await tx.fetch_one(FIND_LAST_SUSPENDED, account_id))


def _freeze_of(row: Row | None) -> Freeze | None:
    if row is None:
        return None
    values = {name: row[name] for name in _NAMES}
    values["state"] = State(row["state"])
    return Freeze(**values)
