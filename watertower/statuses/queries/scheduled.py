"""Scheduled statuses: what waits for its time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json
from watertower.base.paging import Page
from watertower.statuses.model import ScheduledStatus

COLUMNS = "id, account_id, scheduled_at, params, application_id, published_status_id"

INSERT_SCHEDULED = """
    INSERT INTO scheduled_statuses (account_id, scheduled_at, params, application_id)
    VALUES ($1, $2, $3, $4)
    RETURNING id
"""


async def insert_scheduled(
    tx: Transaction,
    *,
    account_id: int,
    scheduled_at: datetime,
    draft: str,
    application_id: int | None,
) -> int:
    """Keep a packed draft until its time; answers its id."""
    new_id: int = await tx.fetch_value(
        INSERT_SCHEDULED, account_id, scheduled_at, draft, application_id
    )
    return new_id


# The account's row is locked, so that two submissions at once cannot both take the last place.
COUNT_SCHEDULED = """
    WITH me AS MATERIALIZED (SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE)
    SELECT count(s.id) AS in_all,
           count(s.id) FILTER (
               WHERE (s.scheduled_at AT TIME ZONE 'UTC')::date
                   = ($2::timestamptz AT TIME ZONE 'UTC')::date
           ) AS that_day
    FROM me
    LEFT JOIN scheduled_statuses s
           ON s.account_id = me.id AND s.published_status_id IS NULL AND s.id <> $3
"""


async def count_scheduled(
    tx: Transaction, *, account_id: int, day: datetime, without_id: int = 0
) -> tuple[int, int]:
    """How many wait in all, and how many for that day (UTC); the count holds until commit."""
    row = await tx.fetch_one(COUNT_SCHEDULED, account_id, day, without_id)
    return (row["in_all"], row["that_day"]) if row is not None else (0, 0)


FIND_SCHEDULED = f"SELECT {COLUMNS} FROM scheduled_statuses WHERE id = $1"


async def find_scheduled(tx: Reading, *, scheduled_id: int) -> ScheduledStatus | None:
    """What waits, or waited, under this id."""
    return _scheduled(await tx.fetch_one(FIND_SCHEDULED, scheduled_id))


LOCK_SCHEDULED = FIND_SCHEDULED + " AND published_status_id IS NULL FOR UPDATE"


async def lock_scheduled(tx: Transaction, *, scheduled_id: int) -> ScheduledStatus | None:
    """What waits under this id, ours alone until the commit."""
    return _scheduled(await tx.fetch_one(LOCK_SCHEDULED, scheduled_id))


LIST_SCHEDULED = f"""
    SELECT {COLUMNS} FROM scheduled_statuses
    WHERE account_id = $1 AND published_status_id IS NULL AND id < $2 AND id > $3
    ORDER BY id DESC
    LIMIT $4
"""
LIST_SCHEDULED_UPWARDS = LIST_SCHEDULED.replace("DESC", "ASC")


async def list_scheduled(tx: Reading, *, account_id: int, page: Page) -> list[ScheduledStatus]:
    """What this account has waiting, newest first."""
    sql = LIST_SCHEDULED_UPWARDS if page.upwards else LIST_SCHEDULED
    rows = await tx.fetch_all(sql, account_id, page.before_id, page.after_id, page.limit)
    found = [s for s in map(_scheduled, rows) if s is not None]
    return sorted(found, key=lambda s: s.id, reverse=True)


LIST_DUE = """
    SELECT id FROM scheduled_statuses
    WHERE published_status_id IS NULL AND scheduled_at <= $1
    ORDER BY scheduled_at
    LIMIT $2
"""


async def list_due(tx: Reading, *, now: datetime, most: int) -> Sequence[int]:
    """Ids of what should be published by now."""
    return [row["id"] for row in await tx.fetch_all(LIST_DUE, now, most)]


LIST_SCHEDULED_MEDIA = """
    SELECT m.scheduled_status_id, to_jsonb(m) AS value
    FROM media_attachments m
    WHERE m.scheduled_status_id = ANY($1::bigint[])
    ORDER BY m.id
"""


async def list_scheduled_media(
    tx: Reading, *, scheduled_ids: Sequence[int]
) -> dict[int, list[Mapping[str, Any]]]:
    """Rows of media_attachments by the scheduled status that holds them."""
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in await tx.fetch_all(LIST_SCHEDULED_MEDIA, list(scheduled_ids)):
        found[row["scheduled_status_id"]].append(from_json(row["value"]))
    return found


UPDATE_SCHEDULED_TIME = """
    UPDATE scheduled_statuses SET scheduled_at = $2
    WHERE id = $1 AND published_status_id IS NULL
"""


async def update_scheduled_time(tx: Transaction, *, scheduled_id: int, at: datetime) -> bool:
    """Move it to another time."""
    return bool(await tx.execute(UPDATE_SCHEDULED_TIME, scheduled_id, at))


UPDATE_SCHEDULED_PUBLISHED = "UPDATE scheduled_statuses SET published_status_id = $2 WHERE id = $1"


async def update_scheduled_published(tx: Transaction, *, scheduled_id: int, status_id: int) -> None:
    """Note what became of it."""
    await tx.execute(UPDATE_SCHEDULED_PUBLISHED, scheduled_id, status_id)


DELETE_SCHEDULED = """
    DELETE FROM scheduled_statuses WHERE id = $1 AND published_status_id IS NULL
"""


async def delete_scheduled(tx: Transaction, *, scheduled_id: int) -> bool:
    """Cancel it."""
    return bool(await tx.execute(DELETE_SCHEDULED, scheduled_id))


def _scheduled(row: Row | None) -> ScheduledStatus | None:
    return row and ScheduledStatus(*row)
