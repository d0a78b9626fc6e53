"""Activities received: kept when they pass the gate, taken in order, marked with their outcome."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.federation.model import ReceivedActivity

INSERT_RECEIVED = """
    INSERT INTO received_activities
        (activity_uri, kind, sender_uri, origin, document, inbox_account_id, received_at, due_at,
         state, reason, finished_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)
    ON CONFLICT (sender_uri, activity_uri) WHERE activity_uri IS NOT NULL DO NOTHING
    RETURNING id
"""


async def insert_received(
    tx: Transaction,
    *,
    activity_uri: str | None,
    kind: str,
    sender_uri: str,
    origin: str,
    document: bytes,
    inbox_account_id: int | None,
    at: datetime,
    ignored_because: str = "",
) -> int | None:
    """Keep an activity; None if the same one was kept before."""
    found: int | None = await tx.fetch_value(
        INSERT_RECEIVED,
        activity_uri,
        kind,
        sender_uri,
        origin,
        document,
        inbox_account_id,
        at,
        "ignored" if ignored_because else "waiting",
        ignored_because,
        at if ignored_because else None,
    )
    return found


COUNT_WAITING = """
    SELECT count(*) FROM (
        SELECT 1 FROM received_activities WHERE origin = $1 AND state = 'waiting' LIMIT $2
    ) AS waiting
"""


async def count_waiting(tx: Reading, *, origin: str, most: int) -> int:
    """How many activities of an origin wait; counted up to `most`."""
    return int(await tx.fetch_value(COUNT_WAITING, origin, most))


# A loose index scan: one probe for each origin that has something waiting, however much that is.
LIST_ORIGINS_DUE = """
    WITH RECURSIVE lanes AS (
        (SELECT origin FROM received_activities WHERE state = 'waiting' ORDER BY origin LIMIT 1)
        UNION ALL
        SELECT (SELECT r.origin FROM received_activities r
                WHERE r.state = 'waiting' AND r.origin > lanes.origin
                ORDER BY r.origin LIMIT 1)
        FROM lanes WHERE lanes.origin IS NOT NULL
    )
    SELECT lanes.origin
    FROM lanes
    WHERE lanes.origin IS NOT NULL
      AND lanes.origin <> ALL($2::text[])
      AND EXISTS (
          SELECT 1 FROM received_activities r
          WHERE r.state = 'waiting' AND r.origin = lanes.origin AND r.due_at <= $1
      )
      AND NOT EXISTS (
          SELECT 1 FROM received_activities held
          WHERE held.state = 'waiting' AND held.origin = lanes.origin AND held.leased_until > $1
      )
    ORDER BY random()
    LIMIT $3
"""


async def list_origins_due(
    tx: Reading, *, now: datetime, but: Collection[str], limit: int
) -> list[str]:
    """Origins with something to do that nobody holds, in an order that favours none."""
    rows = await tx.fetch_all(LIST_ORIGINS_DUE, now, list(but), limit)
    return [row["origin"] for row in rows]


LOCK_ORIGIN = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 7262))"
# A lease is a due date in the future, so that a worker's death only delays what it held. While
# one worker holds a part of an origin no other takes from it: that would break the order.
LEASE_RECEIVED = """
    WITH next AS (
        SELECT r.id
        FROM received_activities r
        WHERE r.state = 'waiting' AND r.origin = $1 AND r.due_at <= $2
          AND NOT EXISTS (
              SELECT 1 FROM received_activities held
              WHERE held.state = 'waiting' AND held.origin = $1 AND held.leased_until > $2
          )
        ORDER BY r.id
        LIMIT $4
        FOR UPDATE
    )
    UPDATE received_activities r
    SET leased_until = $3, due_at = $3
    FROM next
    WHERE r.id = next.id
    RETURNING r.id, r.kind, r.sender_uri, r.origin, r.document, r.attempts, r.received_at
"""


async def lease_received(
    tx: Transaction, *, origin: str, now: datetime, until: datetime, limit: int
) -> list[ReceivedActivity]:
    """Take the next activities of an origin, oldest first, until a moment; [] if another has it."""
    if not await tx.fetch_value(LOCK_ORIGIN, origin):
        return []
    rows = await tx.fetch_all(LEASE_RECEIVED, origin, now, until, limit)
    return sorted((ReceivedActivity(*row.values()) for row in rows), key=lambda one: one.id)


@dataclass(frozen=True)
class Finished:
    """How the work on one activity ended; `due_at` only when it waits for another attempt."""

    id: int
    state: str
    reason: str
    attempts: int
    due_at: datetime | None = None


FINISH_RECEIVED = """
    UPDATE received_activities r
    SET state = f.state, reason = f.reason, attempts = f.attempts, leased_until = NULL,
        due_at = coalesce(f.due_at, $6),
        finished_at = CASE WHEN f.state = 'waiting' THEN NULL ELSE $6 END
    FROM unnest($1::bigint[], $2::text[], $3::text[], $4::smallint[], $5::timestamptz[])
        AS f(id, state, reason, attempts, due_at)
    WHERE r.id = f.id AND r.state = 'waiting'
"""


async def finish_received(tx: Transaction, *, finished: Sequence[Finished], at: datetime) -> None:
    """Write down how the work on these ended, and give back those that wait."""
    await tx.execute(
        FINISH_RECEIVED,
        [one.id for one in finished],
        [one.state for one in finished],
        [one.reason[:500] for one in finished],
        [one.attempts for one in finished],
        [one.due_at for one in finished],
        at,
    )


# Kept for a week so that a repetition is known for one and an operator can ask what became of it.
DELETE_OLD_RECEIVED = """
    DELETE FROM received_activities
    WHERE id IN (
        SELECT id FROM received_activities
        WHERE state <> 'waiting' AND finished_at < $1
        LIMIT $2
    )
"""


async def delete_old_received(tx: Transaction, *, before: datetime, limit: int) -> int:
    """Forget what was done with long ago; answers how many were forgotten."""
    return await tx.execute(DELETE_OLD_RECEIVED, before, limit)
