"""What an operator looks up: an activity and what became of it, and how hosts behave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading


@dataclass(frozen=True)
class LookedUp:
    """A received activity, as far as it is still kept."""

    id: int
    activity_uri: str | None
    kind: str
    sender_uri: str
    origin: str
    state: str
    reason: str
    attempts: int
    received_at: datetime
    finished_at: datetime | None
    due_at: datetime
    document: bytes


_COLUMNS = """
    r.id, r.activity_uri, r.kind, r.sender_uri, r.origin, r.state, r.reason, r.attempts,
    r.received_at, r.finished_at, r.due_at, r.document
"""
# By our number, by the activity's id, or by the id of what it is about.
LIST_LOOKED_UP = f"""
    SELECT {_COLUMNS} FROM received_activities r
    WHERE r.id = $1
       OR (r.activity_uri = $2::text AND $2 <> '')
       OR ($2 <> '' AND r.origin = $3 AND position(convert_to($2, 'UTF8') IN r.document) > 0)
    ORDER BY r.id DESC
    LIMIT $4
"""


async def list_looked_up(
    tx: Reading, *, number: int | None, uri: str, origin: str, limit: int
) -> Sequence[LookedUp]:
    """Received activities of this number, or of this id, or that speak of it; newest first.

    Those that speak of it are found among what came from `origin`, its own host.
    """
    rows = await tx.fetch_all(LIST_LOOKED_UP, number, uri, origin, limit)
    return [LookedUp(*row.values()) for row in rows]


@dataclass(frozen=True)
class LookedUpDelivery:
    """A delivery that still waits."""

    id: int
    inbox_url: str
    attempts: int
    due_at: datetime
    last_error: str


LIST_LOOKED_UP_DELIVERIES = """
    SELECT d.id, d.inbox_url, d.attempts, d.due_at, d.last_error
    FROM outgoing_activities o
    JOIN deliveries d ON d.activity_id = o.id
    WHERE o.once_key = $1
    ORDER BY d.id
    LIMIT $2
"""


async def list_looked_up_deliveries(
    tx: Reading, *, uri: str, limit: int
) -> Sequence[LookedUpDelivery]:
    """Where an activity of ours could not be delivered yet."""
    rows = await tx.fetch_all(LIST_LOOKED_UP_DELIVERIES, uri, limit)
    return [LookedUpDelivery(*row.values()) for row in rows]


@dataclass(frozen=True)
class HostLine:
    """How deliveries to a host go."""

    host: str
    waiting: int
    failures: int
    failing_since: datetime | None
    next_try_at: datetime | None
    is_paused: bool
    last_error: str
    last_ok_at: datetime | None


LIST_HOST_LINES = """
    WITH waiting AS (
        SELECT host, count(*) AS rows FROM deliveries GROUP BY host
    )
    SELECT coalesce(h.host, w.host) AS host, coalesce(w.rows, 0) AS waiting,
           coalesce(h.failures, 0), h.failing_since, h.next_try_at,
           coalesce(h.is_paused, false), coalesce(h.last_error, ''), h.last_ok_at
    FROM delivery_hosts h
    FULL JOIN waiting w ON w.host = h.host
    WHERE NOT $1 OR w.rows > 0 OR h.failures > 0 OR h.is_paused
    ORDER BY coalesce(h.failures, 0) DESC, coalesce(w.rows, 0) DESC, 1
    LIMIT $2
"""


async def list_host_lines(tx: Reading, *, only_troubled: bool, limit: int) -> Sequence[HostLine]:
    """Hosts, those that fail most first; `only_troubled` leaves out those where all is well."""
    rows = await tx.fetch_all(LIST_HOST_LINES, only_troubled, limit)
    return [HostLine(*list(row.values())) for row in rows]
