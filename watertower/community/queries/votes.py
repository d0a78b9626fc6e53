"""Votes: every step of one is columns of its row."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page
from watertower.community.model import Vote, VoteState

_READ = ", ".join(f.name for f in fields(Vote))
_WRITABLE = {f.name for f in fields(Vote)} - {"id"} | {
    *("heralded_by_account_id", "decided_by_account_id", "published_by_account_id"),
    *("cancelled_by_account_id", "ballot_key"),
}

INSERT_VOTE = """
    INSERT INTO votes (state, subject, why, about_domain, raised_by_account_id, raised_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    RETURNING id
"""


async def insert_vote(
    tx: Transaction,
    *,
    state: VoteState,
    subject: str,
    why: str,
    about_domain: str | None,
    by: int,
    at: datetime,
) -> int:
    """Write down that members are to be asked, or are not; its id."""
    new_id: int = await tx.fetch_value(INSERT_VOTE, str(state), subject, why, about_domain, by, at)
    return new_id


FIND_SAME_VOTE = """
    SELECT id FROM votes
    WHERE state = $1 AND subject = $2 AND why = $3 AND raised_by_account_id = $4
      AND raised_at > $5
    LIMIT 1
"""


async def find_same_vote(
    tx: Reading, *, state: VoteState, subject: str, why: str, by: int, since: datetime
) -> int | None:
    """The same, written down by the same person a moment ago."""
    found: int | None = await tx.fetch_value(FIND_SAME_VOTE, str(state), subject, why, by, since)
    return found


FIND_VOTE = f"SELECT {_READ} FROM votes WHERE id = $1"
LOCK_VOTE = f"{FIND_VOTE} FOR UPDATE"
SHARE_VOTE = f"{FIND_VOTE} FOR SHARE"


async def find_vote(tx: Reading, *, vote_id: int) -> Vote | None:
    """One vote."""
    return _vote(await tx.fetch_one(FIND_VOTE, vote_id))


async def lock_vote(tx: Transaction, *, vote_id: int) -> Vote | None:
    """One vote, to take it a step on: waits for answers that are being written."""
    return _vote(await tx.fetch_one(LOCK_VOTE, vote_id))


async def share_vote(tx: Transaction, *, vote_id: int) -> Vote | None:
    """One vote, to answer it: it cannot be collected meanwhile."""
    return _vote(await tx.fetch_one(SHARE_VOTE, vote_id))


LIST_SHOWN = f"""
    SELECT {_READ} FROM votes
    WHERE heralded_at IS NOT NULL AND id < $1 AND id > $2
    ORDER BY id DESC
    LIMIT $3
"""
LIST_VOTES = f"SELECT {_READ} FROM votes WHERE id < $1 AND id > $2 ORDER BY id DESC LIMIT $3"
_UPWARDS = ("ORDER BY id DESC", "ORDER BY id")


async def list_shown(tx: Reading, *, page: Page) -> list[Vote]:
    """Votes that members know of, newest first."""
    sql = LIST_SHOWN.replace(*_UPWARDS) if page.upwards else LIST_SHOWN
    rows = await tx.fetch_all(sql, page.before_id, page.after_id, page.limit)
    return _in_order(rows, page)


async def list_votes(tx: Reading, *, page: Page) -> list[Vote]:
    """All votes, newest first."""
    sql = LIST_VOTES.replace(*_UPWARDS) if page.upwards else LIST_VOTES
    rows = await tx.fetch_all(sql, page.before_id, page.after_id, page.limit)
    return _in_order(rows, page)


LIST_DUE = """
    SELECT id FROM votes
    WHERE (state = 'heralded' AND posted_at IS NULL)
       OR (state = 'heralded' AND opens_at <= $1 AND posted_at <= $2)
       OR (state = 'open' AND closes_at <= $1)
       OR (state IN ('collected', 'decided') AND reminded < 3)
    ORDER BY id
    LIMIT 100
"""


async def list_due(tx: Reading, *, now: datetime, posted_before: datetime) -> list[int]:
    """Votes that the clock may have to take on, or to remind of."""
    return [row["id"] for row in await tx.fetch_all(LIST_DUE, now, posted_before)]


async def update_vote(tx: Transaction, *, vote_id: int, **columns: Any) -> None:
    """Write these columns of one vote. Whoever calls it holds its lock."""
    unknown = columns.keys() - _WRITABLE
    if unknown:
        raise TypeError(f"votes has no column {', '.join(sorted(unknown))}")
    sets = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, 2))
    await tx.execute(f"UPDATE votes SET {sets} WHERE id = $1", vote_id, *columns.values())


def _in_order(rows: Sequence[Row], page: Page) -> list[Vote]:
    found = [vote for row in rows if (vote := _vote(row)) is not None]
    return found[::-1] if page.upwards else found


def _vote(row: Row | None) -> Vote | None:
    return row and Vote(**dict(row) | {"state": VoteState(row["state"])})
