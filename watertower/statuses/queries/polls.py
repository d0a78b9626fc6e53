"""Polls: find, count votes, close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction


@dataclass(frozen=True)
class Poll:
    """A question and how its votes stand."""

    id: int
    account_id: int
    status_id: int
    options: Sequence[str]
    is_multiple: bool
    hides_totals: bool
    expires_at: datetime | None


COLUMNS = "id, account_id, status_id, options, is_multiple, hides_totals, expires_at"

FIND_POLL = f"SELECT {COLUMNS} FROM polls WHERE id = $1"


async def find_poll(tx: Reading, *, poll_id: int) -> Poll | None:
    """The poll of this id. Who may see it is decided by its status."""
    row = await tx.fetch_one(FIND_POLL, poll_id)
    return row and Poll(*row)


LOCK_POLL = FIND_POLL + " FOR NO KEY UPDATE"


async def lock_poll(tx: Transaction, *, poll_id: int) -> Poll | None:
    """The poll, with nobody else voting in it until the commit."""
    row = await tx.fetch_one(LOCK_POLL, poll_id)
    return row and Poll(*row)


FIND_POLL_OF_STATUS = f"SELECT {COLUMNS} FROM polls WHERE status_id = $1"
LOCK_POLL_OF_STATUS = FIND_POLL_OF_STATUS + " FOR NO KEY UPDATE"


async def lock_poll_of_status(tx: Transaction, *, status_id: int) -> None:
    """Have nobody vote until the commit.

    Called before the status is locked: a vote locks its poll and then writes to the status.
    """
    await tx.fetch_one(LOCK_POLL_OF_STATUS, status_id)


FIND_POLL_END = "SELECT expires_at FROM polls WHERE id = $1 AND closed_at IS NULL"


async def find_poll_end(tx: Reading, *, poll_id: int) -> datetime | None:
    """When a poll that is still open ends."""
    end: datetime | None = await tx.fetch_value(FIND_POLL_END, poll_id)
    return end


# The status gets a new version: whether totals show depends on the end.
UPDATE_POLL_CLOSED = """
    WITH closed AS (
        UPDATE polls SET closed_at = $2
        WHERE id = $1 AND closed_at IS NULL AND expires_at <= $2
        RETURNING status_id
    ), shown AS (
        UPDATE statuses SET version = version + 1
        WHERE id = (SELECT status_id FROM closed)
    )
    SELECT EXISTS (SELECT 1 FROM closed)
"""


async def update_poll_closed(tx: Transaction, *, poll_id: int, at: datetime) -> bool:
    """Close a poll whose time is over; False if it was closed before or is not over."""
    return bool(await tx.fetch_value(UPDATE_POLL_CLOSED, poll_id, at))


async def find_poll_of_status(tx: Reading, *, status_id: int) -> Poll | None:
    """The poll of this status."""
    row = await tx.fetch_one(FIND_POLL_OF_STATUS, status_id)
    return row and Poll(*row)


INSERT_POLL = """
    INSERT INTO polls (
        account_id, status_id, options, tallies, voters_count, expires_at, is_multiple,
        hides_totals, created_at
    )
    VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8)
    RETURNING id
"""


async def insert_poll(
    tx: Transaction,
    *,
    account_id: int,
    status_id: int,
    options: Sequence[str],
    expires_at: datetime | None,
    is_multiple: bool,
    hides_totals: bool,
    at: datetime,
) -> int:
    """Give a status a poll that it did not have; answers its id."""
    new_id: int = await tx.fetch_value(
        INSERT_POLL,
        account_id,
        status_id,
        list(options),
        [0] * len(options),
        expires_at,
        is_multiple,
        hides_totals,
        at,
    )
    return new_id


# What people voted on is another question now: their votes go, in the same statement.
UPDATE_POLL = """
    WITH asked AS MATERIALIZED (
        SELECT id, options <> $2::text[] OR is_multiple <> $4 AS is_other
        FROM polls WHERE id = $1
    ), gone AS (
        DELETE FROM poll_votes WHERE poll_id = (SELECT id FROM asked WHERE is_other)
    )
    UPDATE polls
    SET options = $2, expires_at = $3, is_multiple = $4, hides_totals = $5, closed_at = NULL,
        tallies = CASE WHEN asked.is_other THEN array_fill(0, ARRAY[cardinality($2::text[])])
                       ELSE tallies END,
        voters_count = CASE WHEN asked.is_other THEN 0 ELSE voters_count END
    FROM asked
    WHERE polls.id = asked.id
"""


async def update_poll(
    tx: Transaction,
    *,
    poll_id: int,
    options: Sequence[str],
    expires_at: datetime | None,
    is_multiple: bool,
    hides_totals: bool,
) -> None:
    """Change a poll; other options, or another way to choose, begin it anew."""
    await tx.execute(UPDATE_POLL, poll_id, list(options), expires_at, is_multiple, hides_totals)


DELETE_POLL = "DELETE FROM polls WHERE id = $1"


async def delete_poll(tx: Transaction, *, poll_id: int) -> None:
    """Take a poll away with its votes."""
    await tx.execute(DELETE_POLL, poll_id)


# The sender's counts win: we only see the votes of our own members.
UPDATE_POLL_TALLIES = """
    UPDATE polls SET tallies = $2, voters_count = $3, expires_at = $4
    WHERE id = $1
      AND (tallies, voters_count, expires_at) IS DISTINCT FROM ($2, $3, $4::timestamptz)
"""


async def update_poll_tallies(
    tx: Transaction,
    *,
    poll_id: int,
    tallies: Sequence[int],
    voters_count: int | None,
    expires_at: datetime | None,
) -> bool:
    """Set the counts that another server reports; False if they are the same."""
    return bool(
        await tx.execute(UPDATE_POLL_TALLIES, poll_id, list(tallies), voters_count, expires_at)
    )


LIST_CHOICES = "SELECT choice FROM poll_votes WHERE poll_id = $1 AND account_id = $2"


async def list_choices(tx: Reading, *, poll_id: int, account_id: int) -> set[int]:
    """What this account has chosen."""
    rows = await tx.fetch_all(LIST_CHOICES, poll_id, account_id)
    return {row["choice"] for row in rows}


# All of a vote in one statement: the rows, the tallies and a new version of the status.
INSERT_VOTES = """
    WITH new AS (
        INSERT INTO poll_votes (poll_id, account_id, choice, uri, created_at)
        SELECT $1, $2, choice, $4, $5 FROM unnest($3::smallint[]) AS choice
        ON CONFLICT (poll_id, account_id, choice) DO NOTHING
        RETURNING choice
    ), counted AS (
        UPDATE polls
        SET tallies = (
                SELECT array_agg(tally + (place - 1 IN (SELECT choice FROM new))::int ORDER BY place)
                FROM unnest(tallies) WITH ORDINALITY AS had(tally, place)
            ),
            voters_count = voters_count + $6::int
        WHERE id = $1 AND EXISTS (SELECT 1 FROM new)
        RETURNING status_id
    )
    UPDATE statuses SET version = version + 1
    WHERE id = (SELECT status_id FROM counted)
"""


async def insert_votes(
    tx: Transaction,
    *,
    poll_id: int,
    account_id: int,
    choices: Sequence[int],
    uri: str | None,
    at: datetime,
    is_new_voter: bool,
) -> None:
    """Count these choices. The caller holds the poll's lock."""
    await tx.execute(INSERT_VOTES, poll_id, account_id, list(choices), uri, at, int(is_new_voter))
