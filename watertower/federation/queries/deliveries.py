"""Deliveries that are due: taken in lanes of hosts, under a lease, and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction


@dataclass(frozen=True)
class HostLane:
    """A host that something is due for, and how it behaved so far."""

    host: str
    scheme: str | None  # the signature scheme it last accepted
    failures: int
    is_proven: bool  # it has accepted something, and nothing failed since


# A loose index scan: one probe for each host, however much waits for it.
LIST_HOSTS_DUE = """
    WITH RECURSIVE lanes AS (
        (SELECT host FROM deliveries ORDER BY host LIMIT 1)
        UNION ALL
        SELECT (SELECT d.host FROM deliveries d WHERE d.host > lanes.host ORDER BY d.host LIMIT 1)
        FROM lanes WHERE lanes.host IS NOT NULL
    )
    SELECT lanes.host, h.scheme, coalesce(h.failures, 0) AS failures,
           h.last_ok_at IS NOT NULL AND h.failures = 0 AS is_proven
    FROM lanes
    LEFT JOIN delivery_hosts h ON h.host = lanes.host
    WHERE lanes.host IS NOT NULL
      AND lanes.host <> ALL($2::text[])
      AND (h.next_try_at IS NULL OR h.next_try_at <= $1)
      AND h.is_paused IS NOT TRUE
      AND EXISTS (SELECT 1 FROM deliveries d WHERE d.host = lanes.host AND d.due_at <= $1)
    ORDER BY random()
"""


async def list_hosts_due(tx: Reading, *, now: datetime, but: Collection[str]) -> list[HostLane]:
    """Hosts with something due that may be tried now, in an order that favours none."""
    rows = await tx.fetch_all(LIST_HOSTS_DUE, now, list(but))
    return [HostLane(*row.values()) for row in rows]


@dataclass(frozen=True)
class Delivery:
    """One activity for one inbox."""

    id: int
    activity_id: int
    inbox_url: str
    host: str
    attempts: int


# The lease is a due date in the future: what a killed worker held is due again when it ends.
LEASE_DELIVERIES = """
    WITH chosen AS (
        SELECT d.id
        FROM unnest($1::text[], $2::int[]) AS lane(host, most)
        CROSS JOIN LATERAL (
            SELECT w.id FROM deliveries w
            WHERE w.host = lane.host AND w.due_at <= $3
            ORDER BY w.due_at, w.id
            LIMIT lane.most
            FOR UPDATE SKIP LOCKED
        ) d
    )
    UPDATE deliveries d
    SET due_at = $4, leased_until = $4
    FROM chosen
    WHERE d.id = chosen.id
    RETURNING d.id, d.activity_id, d.inbox_url, d.host, d.attempts
"""


async def lease_deliveries(
    tx: Transaction, *, lanes: Sequence[tuple[str, int]], now: datetime, until: datetime
) -> list[Delivery]:
    """Take what is due, up to a number for each host; oldest first."""
    rows = await tx.fetch_all(
        LEASE_DELIVERIES, [lane[0] for lane in lanes], [lane[1] for lane in lanes], now, until
    )
    return sorted((Delivery(*row.values()) for row in rows), key=lambda one: one.id)


@dataclass(frozen=True)
class Waiting:
    """A delivery that is tried again later."""

    id: int
    attempts: int
    due_at: datetime
    error: str


@dataclass(frozen=True)
class HostNews:
    """How a host behaved just now. `failures` counts in a row; 0 says that it answered well."""

    host: str
    scheme: str | None
    failures: int
    next_try_at: datetime | None
    error: str


# Of posts it is kept where they arrived, for their authors. In the order of ids, so that two
# workers never wait for one another in turn.
DELETE_DELIVERIES = """
    WITH ended AS (
        DELETE FROM deliveries WHERE id = ANY($1::bigint[]) RETURNING id, activity_id, host
    )
    INSERT INTO status_servers AS k (status_id, received, given_up)
    SELECT s.id,
           coalesce(array_agg(DISTINCT e.host) FILTER (WHERE e.id <> ALL($2::bigint[])), '{}'),
           coalesce(array_agg(DISTINCT e.host) FILTER (WHERE e.id = ANY($2::bigint[])), '{}')
    FROM ended e
    JOIN outgoing_activities o ON o.id = e.activity_id AND o.status_id IS NOT NULL
    JOIN statuses s ON s.id = o.status_id
    GROUP BY s.id
    ORDER BY s.id
    ON CONFLICT (status_id) DO UPDATE
    SET received = k.received || excluded.received, given_up = k.given_up || excluded.given_up
"""
POSTPONE_DELIVERIES = """
    UPDATE deliveries d
    SET attempts = w.attempts, due_at = w.due_at, last_error = w.error, leased_until = NULL
    FROM unnest($1::bigint[], $2::smallint[], $3::timestamptz[], $4::text[])
        AS w(id, attempts, due_at, error)
    WHERE d.id = w.id
"""
UPSERT_HOSTS = """
    INSERT INTO delivery_hosts AS h
        (host, scheme, failures, failing_since, next_try_at, last_error, last_ok_at)
    SELECT n.host, n.scheme, n.failures, CASE WHEN n.failures > 0 THEN $6::timestamptz END,
           n.next_try_at, n.error, CASE WHEN n.failures = 0 THEN $6::timestamptz END
    FROM unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::text[])
        AS n(host, scheme, failures, next_try_at, error)
    ON CONFLICT (host) DO UPDATE
    SET scheme = coalesce(excluded.scheme, h.scheme),
        failures = excluded.failures,
        failing_since = CASE WHEN excluded.failures = 0 THEN NULL
                             ELSE coalesce(h.failing_since, $6) END,
        next_try_at = excluded.next_try_at,
        last_error = excluded.last_error,
        last_ok_at = coalesce(excluded.last_ok_at, h.last_ok_at)
"""


async def settle_deliveries(
    tx: Transaction,
    *,
    ended_ids: Sequence[int],
    given_up_ids: Sequence[int] = (),
    waiting: Sequence[Waiting],
    hosts: Sequence[HostNews],
    at: datetime,
) -> None:
    """Write down what became of deliveries and how hosts behaved.

    Those given up are among those that ended.
    """
    if ended_ids:
        await tx.execute(DELETE_DELIVERIES, list(ended_ids), list(given_up_ids))
    if waiting:
        await tx.execute(
            POSTPONE_DELIVERIES,
            [one.id for one in waiting],
            [one.attempts for one in waiting],
            [one.due_at for one in waiting],
            [one.error[:500] for one in waiting],
        )
    if hosts:
        await tx.execute(
            UPSERT_HOSTS,
            [one.host for one in hosts],
            [one.scheme for one in hosts],
            [one.failures for one in hosts],
            [one.next_try_at for one in hosts],
            [one.error[:500] for one in hosts],
            at,
        )


SET_PAUSED = """
    INSERT INTO delivery_hosts (host, is_paused) VALUES ($1, $2)
    ON CONFLICT (host) DO UPDATE SET is_paused = excluded.is_paused
"""


async def set_paused(tx: Transaction, *, host: str, is_paused: bool) -> None:
    """Hold back deliveries to a host, or let them go again."""
    await tx.execute(SET_PAUSED, host, is_paused)


# A server that speaks to us is there again: whatever we thought of it, try now.
WAKE_HOST = """
    UPDATE delivery_hosts SET next_try_at = NULL
    WHERE host = $1 AND next_try_at > $2 AND failures > 0
"""


async def wake_host(tx: Transaction, *, host: str, now: datetime) -> bool:
    """Try a failing host at once; False if it was not failing."""
    return bool(await tx.execute(WAKE_HOST, host, now))
