"""Sign-ins that failed, or are being tried right now."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Transaction

INSERT_ATTEMPT = """
    WITH attempt AS (SELECT next_id() AS id)
    INSERT INTO sign_in_attempts (attempt_id, key, made_at)
    SELECT attempt.id, key, $2 FROM attempt, unnest($1::text[]) AS key
    RETURNING attempt_id
"""


async def insert_attempt(tx: Transaction, *, keys: Sequence[str], at: datetime) -> int:
    """Count an attempt under these keys; its id."""
    new_id: int = await tx.fetch_value(INSERT_ATTEMPT, list(keys), at)
    return new_id


COUNT_ATTEMPTS = """
    SELECT limits.key, count(a.key) AS used, min(a.made_at) AS first_at
    FROM unnest($1::text[], $2::timestamptz[]) AS limits(key, since)
    LEFT JOIN sign_in_attempts a ON a.key = limits.key AND a.made_at > limits.since
    GROUP BY limits.key
"""


async def count_attempts(
    tx: Transaction, *, keys: Sequence[str], since: Sequence[datetime]
) -> dict[str, tuple[int, datetime | None]]:
    """For each key: attempts since its moment, and when the first of them was."""
    rows = await tx.fetch_all(COUNT_ATTEMPTS, list(keys), list(since))
    return {row["key"]: (row["used"], row["first_at"]) for row in rows}


DELETE_ATTEMPT = "DELETE FROM sign_in_attempts WHERE attempt_id = $1 OR key = $2"


async def delete_attempt(tx: Transaction, *, attempt_id: int, key: str) -> None:
    """Take an attempt back, and all that are counted under this key."""
    await tx.execute(DELETE_ATTEMPT, attempt_id, key)
