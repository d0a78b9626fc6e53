"""Members who are asked about applicants."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.sign_ups import Vouch

COLUMNS = """
    v.id, v.account_id, a.username, l.sign_up_reason, v.named, v.member_account_id, v.answer,
    v.comment, v.asked_at, v.due_at, v.answered_at
"""
TABLES = """
    FROM vouches v
    JOIN accounts a ON a.id = v.account_id AND a.deleted_at IS NULL
    JOIN logins l ON l.account_id = v.account_id
"""

# Only members who can be asked: let in, neither frozen nor suspended, and not asked by too many.
FIND_MEMBER_TO_ASK = """
    SELECT a.id
    FROM accounts a
    JOIN logins l ON l.account_id = a.id
    WHERE lower(a.username) = $1 AND a.domain IS NULL AND a.deleted_at IS NULL
      AND a.suspended_at IS NULL AND l.frozen_at IS NULL AND l.approved_at IS NOT NULL
      AND l.confirmed_at IS NOT NULL AND a.id <> $2
      AND (SELECT count(*) FROM vouches v
           WHERE v.member_account_id = a.id AND v.answered_at IS NULL AND v.due_at > $3) < $4
"""


async def find_member_to_ask(
    tx: Reading, *, username: str, applicant_id: int, now: datetime, most_open: int
) -> int | None:
    """The member of this name who can be asked; None if there is none."""
    found: int | None = await tx.fetch_value(
        FIND_MEMBER_TO_ASK, username, applicant_id, now, most_open
    )
    return found


INSERT_VOUCH = """
    INSERT INTO vouches (account_id, named, member_account_id, asked_at, due_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account_id, named) DO NOTHING
    RETURNING id
"""


async def insert_vouch(
    tx: Transaction,
    *,
    account_id: int,
    named: str,
    member_id: int | None,
    at: datetime,
    due_at: datetime,
) -> int | None:
    """The id of the new request; None if this member was named before."""
    found: int | None = await tx.fetch_value(INSERT_VOUCH, account_id, named, member_id, at, due_at)
    return found


LIST_VOUCHES_FOR = f"SELECT {COLUMNS} {TABLES} WHERE v.account_id = $1 ORDER BY v.id LIMIT 20"


async def list_vouches_for(tx: Reading, *, account_id: int) -> list[Vouch]:
    """Who was named by this applicant, in order."""
    return [Vouch(*row) for row in await tx.fetch_all(LIST_VOUCHES_FOR, account_id)]


# What nobody asks any more is not shown: the applicant is in, or refused, or it is too late.
LIST_VOUCHES_OF = f"""
    SELECT {COLUMNS} {TABLES}
    LEFT JOIN sign_ups s ON s.account_id = v.account_id
    WHERE v.member_account_id = $1
      AND (v.answered_at IS NOT NULL
           OR (v.due_at > $2 AND l.approved_at IS NULL AND s.state IS DISTINCT FROM 'refused'))
    ORDER BY v.answered_at IS NOT NULL, v.id DESC
    LIMIT 50
"""


async def list_vouches_of(tx: Reading, *, member_id: int, now: datetime) -> list[Vouch]:
    """What this member is asked, what is open first."""
    return [Vouch(*row) for row in await tx.fetch_all(LIST_VOUCHES_OF, member_id, now)]


ANSWER_VOUCH = """
    UPDATE vouches v SET answer = $3, comment = $4, answered_at = $5
    WHERE v.id = $1 AND v.member_account_id = $2 AND v.answered_at IS NULL AND v.due_at > $5
      AND EXISTS (SELECT FROM logins l WHERE l.account_id = v.account_id AND l.approved_at IS NULL)
    RETURNING v.account_id
"""


async def update_vouch_answered(
    tx: Transaction, *, vouch_id: int, member_id: int, answer: str, comment: str, at: datetime
) -> int | None:
    """Note the member's answer; the applicant, None if nobody asks (any more)."""
    found: int | None = await tx.fetch_value(ANSWER_VOUCH, vouch_id, member_id, answer, comment, at)
    return found


FIND_VOUCH = f"SELECT {COLUMNS} {TABLES} WHERE v.id = $1"


async def find_vouch(tx: Reading, *, vouch_id: int) -> Vouch | None:
    """One request."""
    row = await tx.fetch_one(FIND_VOUCH, vouch_id)
    return row and Vouch(*row)
