"""How much work is due, by lane."""

from watertower.base.db.transaction import Reading
from watertower.base.queue.job import Lane

COUNT_DUE_JOBS = """
    SELECT entrypoint AS lane, count(*) AS jobs
    FROM pgqueuer
    WHERE status = 'queued' AND execute_after <= now()
    GROUP BY entrypoint
"""


async def queue_length(tx: Reading) -> dict[str, int]:
    """Jobs that are due, for every lane."""
    found = {row["lane"]: row["jobs"] for row in await tx.fetch_all(COUNT_DUE_JOBS)}
    return {lane.value: found.get(lane.value, 0) for lane in Lane}
