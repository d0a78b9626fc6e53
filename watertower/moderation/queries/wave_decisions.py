"""Decisions about waves, and how far they are carried out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.moderation.model.waves import Decided, WaveDecision

COLUMNS = """
    id, wave_id, actor_account_id, decision, total_accounts, done_accounts, closed_reports,
    refused, after_account_id, state, created_at, finished_at
"""


def _decided(row: Row) -> Decided:
    values = dict(row)
    values["decision"] = msgspec.json.decode(values["decision"], type=WaveDecision)
    values["refused"] = from_json(values["refused"])
    return Decided(**values)


INSERT_DECISION = """
    INSERT INTO wave_decisions (wave_id, actor_account_id, decision, total_accounts, created_at)
    VALUES ($1, $2, $3, (
        SELECT count(DISTINCT account_id) FROM post_shapes
        WHERE wave_id = $1 AND ($4 OR domain IS NOT NULL)
    ), $5)
    RETURNING id
"""


async def insert_decision(
    tx: Transaction, *, wave_id: int, actor_id: int, decision: WaveDecision, at: datetime
) -> int:
    """Write it; its id."""
    decision_id: int = await tx.fetch_value(
        INSERT_DECISION,
        wave_id,
        actor_id,
        msgspec.json.encode(decision).decode(),
        decision.includes_members,
        at,
    )
    return decision_id


FIND_DECISION = f"SELECT {COLUMNS} FROM wave_decisions WHERE id = $1"


async def find_decision(tx: Reading, *, decision_id: int) -> Decided | None:
    """One decision."""
    row = await tx.fetch_one(FIND_DECISION, decision_id)
    return row and _decided(row)


LIST_DECISIONS = (
    f"SELECT {COLUMNS} FROM wave_decisions WHERE wave_id = $1 ORDER BY id DESC LIMIT 20"
)


async def list_decisions(tx: Reading, *, wave_id: int) -> list[Decided]:
    """What was decided about a wave, newest first."""
    return [_decided(row) for row in await tx.fetch_all(LIST_DECISIONS, wave_id)]


UPDATE_PROGRESS = """
    UPDATE wave_decisions
    SET done_accounts = done_accounts + $2, closed_reports = closed_reports + $3,
        after_account_id = greatest(after_account_id, $4), refused = refused || $5::jsonb
    WHERE id = $1
"""


async def update_progress(
    tx: Transaction,
    *,
    decision_id: int,
    accounts: int,
    reports: int,
    after_id: int,
    refused: Sequence[dict[str, Any]],
) -> None:
    """So many more are done."""
    await tx.execute(
        UPDATE_PROGRESS, decision_id, accounts, reports, after_id, to_json(list(refused))
    )


UPDATE_DECISION_STATE = """
    UPDATE wave_decisions SET state = $2, finished_at = $3 WHERE id = $1
"""


async def update_decision_state(
    tx: Transaction, *, decision_id: int, state: str, at: datetime
) -> None:
    """Done, undoing or undone."""
    await tx.execute(UPDATE_DECISION_STATE, decision_id, state, at)


INSERT_WAVE_ACTION = """
    INSERT INTO wave_actions (decision_id, action_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
"""


async def insert_wave_action(tx: Transaction, *, decision_id: int, action_id: int) -> None:
    """Remember that it was done because of the decision."""
    await tx.execute(INSERT_WAVE_ACTION, decision_id, action_id)


LIST_WAVE_ACTIONS = """
    SELECT w.action_id FROM wave_actions w
    JOIN moderation_actions m ON m.id = w.action_id AND m.undone_at IS NULL
    WHERE w.decision_id = $1 AND w.action_id > $2
    ORDER BY w.action_id
    LIMIT $3
"""


async def list_wave_actions(
    tx: Reading, *, decision_id: int, after_id: int, limit: int
) -> list[int]:
    """What was done and not undone."""
    rows = await tx.fetch_all(LIST_WAVE_ACTIONS, decision_id, after_id, limit)
    return [row["action_id"] for row in rows]
