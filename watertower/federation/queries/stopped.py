"""What waits for a server, or from it, when the exchange with it ends."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction

# An inbox may lie on another host than the names of the accounts it is of.
LIST_HOSTS_WAITING = """
    SELECT host FROM (
        SELECT host FROM (SELECT DISTINCT host FROM deliveries) AS due
        WHERE host = $1 OR right(host, length($1) + 1) = '.' || $1
        UNION
        SELECT origin FROM (
            SELECT DISTINCT origin FROM received_activities WHERE state = 'waiting'
        ) AS came
        WHERE origin = $1 OR right(origin, length($1) + 1) = '.' || $1
        UNION
        SELECT DISTINCT lower(split_part(split_part(a.inbox_url, '://', 2), '/', 1))
        FROM accounts a
        WHERE lower(a.domain) = $1
    ) AS hosts
    ORDER BY host
    LIMIT 10000
"""


async def list_hosts_waiting(tx: Reading, *, domain: str) -> list[str]:
    """Hosts of this name, or below it, or that serve its accounts."""
    return [row["host"] for row in await tx.fetch_all(LIST_HOSTS_WAITING, domain)]


DELETE_DELIVERIES_TO = "DELETE FROM deliveries WHERE host = ANY($1::text[])"


async def delete_deliveries_to(tx: Transaction, *, hosts: Sequence[str]) -> int:
    """Send nothing of what waits for these hosts."""
    return await tx.execute(DELETE_DELIVERIES_TO, list(hosts))


IGNORE_RECEIVED_FROM = """
    UPDATE received_activities
    SET state = 'ignored', reason = 'the server was suspended', finished_at = $2
    WHERE origin = ANY($1::text[]) AND state = 'waiting'
"""


async def ignore_received_from(tx: Transaction, *, hosts: Sequence[str], at: datetime) -> int:
    """Act on nothing of what came from these hosts and was not acted on yet."""
    return await tx.execute(IGNORE_RECEIVED_FROM, list(hosts), at)
