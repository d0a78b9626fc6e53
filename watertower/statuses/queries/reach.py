"""Which servers were sent a status. The door of other servers writes it; here it is only read."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.db.transaction import Reading


@dataclass(frozen=True)
class Reached:
    """A server and how far the status came there: received, waiting or given_up."""

    host: str
    state: str
    attempts: int
    error: str


MOST_SERVERS = 20_000
# Received counts more than given up or waiting: a second inbox of the same server may fail.
LIST_REACHED = """
    SELECT DISTINCT ON (host) host, state, attempts, error
    FROM (
        SELECT unnest(received) AS host, 'received' AS state, 0 AS attempts, '' AS error, 0 AS place
        FROM status_servers WHERE status_id = $1
        UNION ALL
        SELECT d.host, 'waiting', d.attempts, d.last_error, 1
        FROM outgoing_activities o JOIN deliveries d ON d.activity_id = o.id
        WHERE o.status_id = $1
        UNION ALL
        SELECT unnest(given_up), 'given_up', 0, '', 2
        FROM status_servers WHERE status_id = $1
    ) AS all_of_them
    ORDER BY host, place
    LIMIT $2
"""


async def list_reached(tx: Reading, *, status_id: int) -> Sequence[Reached]:
    """The servers by name, each once."""
    rows = await tx.fetch_all(LIST_REACHED, status_id, MOST_SERVERS)
    return [Reached(*row.values()) for row in rows]
