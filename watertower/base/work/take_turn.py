"""Turns of scheduled jobs: a row for each, so that one worker of many takes a turn."""

from datetime import datetime, timedelta

from watertower.base.db.transaction import Transaction

TAKE_TURN = """
    INSERT INTO scheduled_turns (name, taken_at)
    VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET taken_at = excluded.taken_at
    WHERE scheduled_turns.taken_at <= excluded.taken_at - $3::interval
    RETURNING true
"""


async def take_turn(tx: Transaction, *, name: str, every: timedelta, now: datetime) -> bool:
    """Whether it is time for this job and no other worker has taken the turn."""
    return bool(await tx.fetch_value(TAKE_TURN, name, now, every))
