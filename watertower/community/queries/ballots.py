"""Who may answer, and the answers.

No query here joins the two, and none looks at many answers except the one that counts them, which
runs when the vote is over.
"""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.community.model import Voter

FIND_VOTER = """
    SELECT a.id,
           a.domain IS NULL AND a.deleted_at IS NULL AND NOT a.is_memorial
               AND l.confirmed_at IS NOT NULL AND l.approved_at IS NOT NULL AS is_member,
           a.suspended_at IS NOT NULL AS is_suspended,
           a.moved_to_account_id IS NOT NULL AS has_moved,
           a.is_bot, a.created_at
    FROM accounts a
    LEFT JOIN logins l ON l.account_id = a.id
    WHERE a.id = $1
"""


async def find_voter(tx: Reading, *, account_id: int) -> Voter | None:
    """What decides whether this account may answer."""
    row = await tx.fetch_one(FIND_VOTER, account_id)
    return row and Voter(
        account_id=row["id"],
        is_member=bool(row["is_member"]),
        is_suspended=row["is_suspended"],
        has_moved=row["has_moved"],
        is_bot=row["is_bot"],
        created_at=row["created_at"],
    )


INSERT_ROLL = """
    INSERT INTO vote_roll (vote_id, account_id)
    SELECT $1, a.id
    FROM accounts a
    JOIN logins l ON l.account_id = a.id
    WHERE a.domain IS NULL AND a.deleted_at IS NULL AND NOT a.is_memorial
      AND l.confirmed_at IS NOT NULL AND l.approved_at IS NOT NULL
      AND a.suspended_at IS NULL AND a.moved_to_account_id IS NULL AND NOT a.is_bot
      AND a.created_at <= $2
      AND coalesce(l.last_active_at, l.created_at) >= $3
    ON CONFLICT DO NOTHING
"""


async def insert_roll(
    tx: Transaction, *, vote_id: int, made_before: datetime, active_since: datetime
) -> None:
    """Note everybody who can answer at the moment of opening."""
    await tx.execute(INSERT_ROLL, vote_id, made_before, active_since)


INSERT_RETURNED = """
    INSERT INTO vote_roll (vote_id, account_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
"""


async def insert_returned(tx: Transaction, *, vote_id: int, account_id: int) -> None:
    """Count somebody who was away when it opened and is here now."""
    await tx.execute(INSERT_RETURNED, vote_id, account_id)


FIND_BALLOT_KEY = "SELECT ballot_key FROM votes WHERE id = $1"


async def find_ballot_key(tx: Reading, *, vote_id: int) -> bytes | None:
    """The vote's half of what marks are made with; None once it is destroyed."""
    key: bytes | None = await tx.fetch_value(FIND_BALLOT_KEY, vote_id)
    return key


PUT_BALLOT = """
    INSERT INTO vote_ballots (vote_id, mark, choices)
    VALUES ($1, $2, $3)
    ON CONFLICT (vote_id, mark) DO UPDATE SET choices = excluded.choices
"""


async def put_ballot(tx: Transaction, *, vote_id: int, mark: bytes, choices: Sequence[int]) -> None:
    """Keep an answer in place of the one before, if there was one."""
    await tx.execute(PUT_BALLOT, vote_id, mark, list(choices))


FIND_BALLOT = "SELECT choices FROM vote_ballots WHERE vote_id = $1 AND mark = $2"


async def find_ballot(tx: Reading, *, vote_id: int, mark: bytes) -> list[int] | None:
    """One's own answer; None if there is none."""
    found: list[int] | None = await tx.fetch_value(FIND_BALLOT, vote_id, mark)
    return found


COUNT_BALLOTS = "SELECT count(*) FROM vote_ballots WHERE vote_id = $1"
COUNT_CHOICES = """
    SELECT choice, count(*) AS count
    FROM vote_ballots, unnest(choices) AS choice
    WHERE vote_id = $1
    GROUP BY choice
"""
COUNT_ROLL = "SELECT count(*) FROM vote_roll WHERE vote_id = $1"


async def count_all(tx: Transaction, *, vote_id: int, options: int) -> tuple[int, int, list[int]]:
    """(could answer, did answer, answers for each option). Only collecting calls it."""
    eligible: int = await tx.fetch_value(COUNT_ROLL, vote_id)
    voters: int = await tx.fetch_value(COUNT_BALLOTS, vote_id)
    rows = await tx.fetch_all(COUNT_CHOICES, vote_id)
    found = {row["choice"]: row["count"] for row in rows}
    return eligible, voters, [found.get(place, 0) for place in range(options)]


DELETE_BALLOTS = "DELETE FROM vote_ballots WHERE vote_id = $1"
DELETE_ROLL = "DELETE FROM vote_roll WHERE vote_id = $1"


async def delete_ballots(tx: Transaction, *, vote_id: int) -> None:
    """Forget every answer, and who could answer."""
    await tx.execute(DELETE_BALLOTS, vote_id)
    await tx.execute(DELETE_ROLL, vote_id)
