"""Quotes across servers: what quotes what, and the stamps that allow it (FEP-044f)."""

from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction


@dataclass(frozen=True)
class Quote:
    """A status that quotes another, and both their authors."""

    status_id: int
    uri: str
    account_id: int
    author_uri: str
    is_local: bool
    is_told: bool
    state: str
    quoted_id: int
    quoted_uri: str
    quoted_account_id: int
    quoted_author_uri: str
    quoted_is_local: bool


FIND_QUOTE = """
    SELECT s.id, s.uri, s.account_id, a.uri AS author_uri, s.is_local,
           s.is_local AND NOT s.is_local_only AS is_told, s.quote_state,
           q.id AS quoted_id, q.uri AS quoted_uri, q.account_id AS quoted_account_id,
           qa.uri AS quoted_author_uri, q.is_local AS quoted_is_local
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    JOIN statuses q ON q.id = s.quoted_status_id AND q.deleted_at IS NULL
    JOIN accounts qa ON qa.id = q.account_id
    WHERE s.id = $1 AND s.deleted_at IS NULL AND s.quote_state IS NOT NULL
"""


async def find_quote(tx: Reading, *, status_id: int) -> Quote | None:
    """What this status quotes; None if it quotes nothing, or either is gone."""
    row = await tx.fetch_one(FIND_QUOTE, status_id)
    return row and Quote(*row.values())


@dataclass(frozen=True)
class Stamp:
    """An author's leave for one status to quote another."""

    uri: str
    quoting_uri: str
    quoted_status_id: int
    quoted_account_id: int
    is_revoked: bool


_STAMP = """
    SELECT t.uri, t.quoting_uri, t.quoted_status_id, q.account_id AS quoted_account_id,
           t.revoked_at IS NOT NULL AS is_revoked
    FROM quote_stamps t
    JOIN statuses q ON q.id = t.quoted_status_id
"""
FIND_STAMP_OF = f"{_STAMP} WHERE t.quoting_uri = $1 AND t.quoted_status_id = $2"
FIND_STAMP_AT = f"{_STAMP} WHERE t.uri = $1"


async def find_stamp_of(tx: Reading, *, quoting_uri: str, quoted_id: int) -> Stamp | None:
    """The stamp for this quote, also a revoked one."""
    row = await tx.fetch_one(FIND_STAMP_OF, quoting_uri, quoted_id)
    return row and Stamp(*row.values())


async def find_stamp_at(tx: Reading, *, uri: str) -> Stamp | None:
    """The stamp at this address."""
    row = await tx.fetch_one(FIND_STAMP_AT, uri)
    return row and Stamp(*row.values())


# One that was revoked is not given again for the same two.
INSERT_OWN_STAMP = """
    WITH made AS (SELECT next_id() AS id)
    INSERT INTO quote_stamps (id, uri, quoting_uri, quoted_status_id, given_at)
    SELECT made.id, a.uri || '/quote_authorizations/' || made.id, $1, q.id, $3
    FROM made, statuses q
    JOIN accounts a ON a.id = q.account_id
    WHERE q.id = $2 AND q.deleted_at IS NULL
    ON CONFLICT (quoting_uri, quoted_status_id) DO NOTHING
"""


async def insert_own_stamp(
    tx: Transaction, *, quoting_uri: str, quoted_id: int, at: datetime
) -> bool:
    """Let a status elsewhere quote one of ours; False if there is a stamp, good or revoked."""
    return bool(await tx.execute(INSERT_OWN_STAMP, quoting_uri, quoted_id, at))


UPSERT_STAMP = """
    INSERT INTO quote_stamps (uri, quoting_uri, quoted_status_id, given_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (quoting_uri, quoted_status_id)
    DO UPDATE SET uri = excluded.uri, given_at = excluded.given_at, revoked_at = NULL
"""


async def upsert_stamp(
    tx: Transaction, *, uri: str, quoting_uri: str, quoted_id: int, at: datetime
) -> None:
    """Remember a stamp of another server that was just proved."""
    await tx.execute(UPSERT_STAMP, uri, quoting_uri, quoted_id, at)


UPDATE_STAMP_REVOKED = """
    UPDATE quote_stamps SET revoked_at = $3
    WHERE quoting_uri = $1 AND quoted_status_id = $2 AND revoked_at IS NULL
"""


async def update_stamp_revoked(
    tx: Transaction, *, quoting_uri: str, quoted_id: int, at: datetime
) -> bool:
    """The author took the leave back; False if there was none."""
    return bool(await tx.execute(UPDATE_STAMP_REVOKED, quoting_uri, quoted_id, at))


@dataclass(frozen=True)
class ShownStamp:
    """A stamp of ours as it is served."""

    uri: str
    quoting_uri: str
    quoted_uri: str
    author_uri: str
    is_revoked: bool


FIND_SHOWN_STAMP = """
    SELECT t.uri, t.quoting_uri, q.uri AS quoted_uri, a.uri AS author_uri,
           t.revoked_at IS NOT NULL OR q.deleted_at IS NOT NULL
           OR coalesce(s.quote_state = 'revoked', false) AS is_revoked
    FROM quote_stamps t
    JOIN statuses q ON q.id = t.quoted_status_id AND q.is_local
    JOIN accounts a ON a.id = q.account_id
    LEFT JOIN statuses s ON s.uri = t.quoting_uri
    WHERE t.id = $1 AND q.account_id = $2
    UNION ALL
    SELECT a.uri || '/quote_authorizations/' || s.id, s.uri, q.uri, a.uri,
           s.quote_state <> 'accepted' OR q.deleted_at IS NOT NULL OR s.deleted_at IS NOT NULL
    FROM statuses s
    JOIN statuses q ON q.id = s.quoted_status_id AND q.is_local
    JOIN accounts a ON a.id = q.account_id
    WHERE s.id = $1 AND s.is_local AND NOT s.is_local_only AND q.account_id = $2
      AND s.account_id <> $2 AND s.quote_state IN ('accepted', 'revoked')
    LIMIT 1
"""


async def find_shown_stamp(tx: Reading, *, stamp_id: int, account_id: int) -> ShownStamp | None:
    """The stamp of this number that this member gave, revoked or not."""
    row = await tx.fetch_one(FIND_SHOWN_STAMP, stamp_id, account_id)
    return row and ShownStamp(*row.values())
