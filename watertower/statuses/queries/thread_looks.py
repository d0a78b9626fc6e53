"""When threads of other servers were looked at for answers that we lack."""

from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction


@dataclass(frozen=True)
class ThreadLook:
    """One look: when it began, when it ended, how many answers it brought."""

    looked_at: datetime
    finished_at: datetime | None
    found: int


FIND_THREAD_LOOK = "SELECT looked_at, finished_at, found FROM thread_looks WHERE status_id = $1"


async def find_thread_look(tx: Reading, *, status_id: int) -> ThreadLook | None:
    """The last look at this thread."""
    row = await tx.fetch_one(FIND_THREAD_LOOK, status_id)
    return row and ThreadLook(*row.values())


# Whoever writes the row looks; all others at that moment do not. What is new brings its answers
# by itself.
UPSERT_THREAD_LOOK = """
    INSERT INTO thread_looks AS t (status_id, looked_at)
    SELECT s.id, $2 FROM statuses s
    WHERE s.id = $1 AND NOT s.is_local AND s.visibility <= 1 AND s.deleted_at IS NULL
      AND s.created_at < $4
    ON CONFLICT (status_id) DO UPDATE
    SET looked_at = excluded.looked_at, finished_at = NULL, found = 0
    WHERE t.looked_at < $3
"""


async def upsert_thread_look(
    tx: Transaction, *, status_id: int, at: datetime, last_before: datetime, made_before: datetime
) -> bool:
    """Begin a look at a thread elsewhere; False if that is not due, or makes no sense."""
    return bool(await tx.execute(UPSERT_THREAD_LOOK, status_id, at, last_before, made_before))


UPDATE_THREAD_LOOK = """
    UPDATE thread_looks SET finished_at = $2, found = $3 WHERE status_id = $1
"""


async def update_thread_look(tx: Transaction, *, status_id: int, at: datetime, found: int) -> None:
    """The look is over."""
    await tx.execute(UPDATE_THREAD_LOOK, status_id, at, found)
