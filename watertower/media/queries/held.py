"""Files that somebody above still needs: nothing removes them from the store until they let go."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction

INSERT_HELD = """
    INSERT INTO held_files (key, holder, held_at)
    SELECT DISTINCT key, $2, $3::timestamptz FROM unnest($1::text[]) AS key
    ON CONFLICT DO NOTHING
"""


async def insert_held(tx: Transaction, *, keys: Sequence[str], holder: str, at: datetime) -> None:
    """Hold these keys."""
    await tx.execute(INSERT_HELD, list(keys), holder, at)


DELETE_HELD = "DELETE FROM held_files WHERE holder = $2 AND key = ANY($1::text[])"


async def delete_held(tx: Transaction, *, keys: Sequence[str], holder: str) -> None:
    """Let go of these keys."""
    await tx.execute(DELETE_HELD, list(keys), holder)


LIST_HELD = "SELECT DISTINCT key FROM held_files WHERE key = ANY($1::text[])"


async def list_held(tx: Reading, *, keys: Sequence[str]) -> set[str]:
    """Which of these keys are held."""
    return {row["key"] for row in await tx.fetch_all(LIST_HELD, list(keys))}
