"""Threads: what a status answers, and what answers it."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.db.transaction import Reading
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines


@dataclass(frozen=True)
class ThreadLimits:
    """How much of a thread is shown."""

    ancestors: int
    descendants: int
    depth: int


# Both directions as one list, in the order they are read: above the status by how far up, and
# below it branch by branch, the author's continuation of their own words before other answers.
# A deleted status is walked through, so that the rest of the thread stays together. Other servers
# can make rings of replies: what is met twice is shown once, and walking down ends where it began.
THREAD = """
    WITH RECURSIVE up (id, in_reply_to_id, height) AS (
        SELECT s.id, s.in_reply_to_id, 0 FROM statuses s WHERE s.id = $2
        UNION ALL
        SELECT s.id, s.in_reply_to_id, up.height + 1
        FROM up
        JOIN statuses s ON s.id = up.in_reply_to_id
        WHERE up.height < $3
    ), down (id, path) AS (
        SELECT $2::bigint, '{}'::bigint[]
        UNION ALL
        SELECT s.id,
               down.path || (s.account_id <> s.in_reply_to_account_id)::int::bigint || s.id
        FROM down
        JOIN statuses s ON s.in_reply_to_id = down.id
        WHERE cardinality(down.path) < $5 * 2 AND s.reblog_of_id IS NULL AND s.id <> $2
    )
    SELECT id, min(height)::bigint AS sort FROM up WHERE id <> $2 GROUP BY id
    UNION ALL
    SELECT id, -place AS sort
    FROM (
        SELECT id, row_number() OVER (ORDER BY path) AS place
        FROM down
        WHERE path <> '{}'
        ORDER BY path
        LIMIT $4
    ) below
"""


async def list_thread(
    tx: Reading, *, status_id: int, viewer_id: int | None, limits: ThreadLimits
) -> tuple[Sequence[StatusLine], Sequence[StatusLine]]:
    """What the viewer may and wants to see above and below the status; one query."""
    lines = await list_lines(
        tx,
        THREAD,
        status_id,
        limits.ancestors,
        limits.descendants,
        limits.depth,
        viewer_id=viewer_id,
        only_wanted=True,
    )
    above = [line for line in lines if line.sort > 0]
    return above, lines[len(above) :]
