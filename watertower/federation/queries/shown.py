"""What is served of our accounts: one small query for each kind of request."""

from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Row

# As little as decides what to answer; the document itself is kept rendered by version.
_OWN = """
    a.id, a.username, a.uri, a.url, a.version, a.suspended_at IS NOT NULL AS is_suspended,
    a.deleted_at IS NOT NULL AS is_deleted, a.hides_collections, a.followers_url, a.following_url,
    a.outbox_url, a.featured_url, a.avatar_key
"""


@dataclass(frozen=True)
class OwnAccount:
    """An account of ours as requests of other servers name it."""

    id: int
    username: str
    uri: str
    url: str
    version: int
    is_suspended: bool
    is_deleted: bool
    hides_collections: bool
    followers_url: str
    following_url: str
    outbox_url: str
    featured_url: str
    avatar_key: str | None


def own_account_of(row: Row) -> OwnAccount:
    """A row as an account."""
    return OwnAccount(*row.values())


FIND_OWN_BY_ID = f"SELECT {_OWN} FROM accounts a WHERE a.id = $1 AND a.domain IS NULL"
FIND_OWN_BY_NAME = f"""
    SELECT {_OWN} FROM accounts a
    WHERE lower(a.username) = lower($1) AND coalesce(lower(a.domain), '') = ''
"""


async def find_own_by_id(tx: Reading, *, account_id: int) -> OwnAccount | None:
    """Our account of this number."""
    row = await tx.fetch_one(FIND_OWN_BY_ID, account_id)
    return row and own_account_of(row)


async def find_own_by_name(tx: Reading, *, username: str) -> OwnAccount | None:
    """Our account of this name, in any case."""
    row = await tx.fetch_one(FIND_OWN_BY_NAME, username)
    return row and own_account_of(row)


COUNT_TIES = """
    SELECT statuses_count, following_count, followers_count
    FROM account_stats WHERE account_id = $1
"""


@dataclass(frozen=True)
class Ties:
    """How many statuses, follows and followers."""

    statuses: int
    following: int
    followers: int


async def count_ties(tx: Reading, *, account_id: int) -> Ties:
    """The counts that collections show."""
    row = await tx.fetch_one(COUNT_TIES, account_id)
    return Ties(*row.values()) if row else Ties(0, 0, 0)


LIST_FOLLOWER_URIS = """
    SELECT f.id, a.uri FROM follows f JOIN accounts a ON a.id = f.account_id
    WHERE f.target_account_id = $1 AND f.id < $2 AND a.suspended_at IS NULL
    ORDER BY f.id DESC LIMIT $3
"""
LIST_FOLLOWING_URIS = """
    SELECT f.id, a.uri FROM follows f JOIN accounts a ON a.id = f.target_account_id
    WHERE f.account_id = $1 AND f.id < $2 AND a.suspended_at IS NULL
    ORDER BY f.id DESC LIMIT $3
"""


async def list_tie_uris(
    tx: Reading, *, account_id: int, kind: str, before_id: int, limit: int
) -> list[tuple[int, str]]:
    """Followers or followed (`kind`) as (id of the follow, uri), latest first."""
    sql = LIST_FOLLOWER_URIS if kind == "followers" else LIST_FOLLOWING_URIS
    return [tuple(row.values()) for row in await tx.fetch_all(sql, account_id, before_id, limit)]


LIST_PINNED = """
    SELECT p.status_id FROM status_pins p
    JOIN statuses s ON s.id = p.status_id AND s.deleted_at IS NULL AND s.visibility <= 1
    WHERE p.account_id = $1
    ORDER BY p.id DESC LIMIT 20
"""


async def list_pinned(tx: Reading, *, account_id: int) -> list[int]:
    """What anybody may see of what an account pinned, latest first."""
    return [row["status_id"] for row in await tx.fetch_all(LIST_PINNED, account_id)]


LIST_OUTBOX = """
    SELECT s.id FROM statuses s
    WHERE s.account_id = $1 AND s.deleted_at IS NULL AND s.visibility <= 1
      AND NOT s.is_local_only AND s.id < $2 AND s.id > $3
    ORDER BY s.id DESC LIMIT $4
"""


async def list_outbox(
    tx: Reading, *, account_id: int, before_id: int, after_id: int, limit: int
) -> list[int]:
    """Ids of what an account posted for anybody, latest first."""
    rows = await tx.fetch_all(LIST_OUTBOX, account_id, before_id, after_id, limit)
    return [row["id"] for row in rows]


LIST_REPLY_URIS = """
    SELECT s.id, s.uri FROM statuses s
    WHERE s.in_reply_to_id = $1 AND s.deleted_at IS NULL AND s.visibility <= 1 AND s.id > $2
      AND NOT s.is_local_only
      AND (s.account_id = $3) = $4
    ORDER BY s.id LIMIT $5
"""


async def list_reply_uris(
    tx: Reading, *, status_id: int, author_id: int, by_author: bool, after_id: int, limit: int
) -> list[tuple[int, str]]:
    """Public answers as (id, uri), oldest first: the author's own, or those of others."""
    rows = await tx.fetch_all(LIST_REPLY_URIS, status_id, after_id, author_id, by_author, limit)
    return [tuple(row.values()) for row in rows]


@dataclass(frozen=True)
class OwnStatus:
    """Whose a status is, and whether it is gone."""

    id: int
    account_id: int
    uri: str
    is_deleted: bool
    is_local_only: bool
    is_for_all: bool
    username: str


FIND_OWN_STATUS = """
    SELECT s.id, s.account_id, s.uri, s.deleted_at IS NOT NULL AS is_deleted, s.is_local_only,
           s.visibility <= 1 AS is_for_all, a.username
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    WHERE s.id = $1 AND s.is_local
"""


async def find_own_status(tx: Reading, *, status_id: int) -> OwnStatus | None:
    """A status of ours, gone or not; whether it may be seen is for access to say."""
    row = await tx.fetch_one(FIND_OWN_STATUS, status_id)
    return row and OwnStatus(*row.values())


COUNT_USAGE = """
    SELECT
        (SELECT count(*) FROM logins l JOIN accounts a ON a.id = l.account_id
         WHERE l.confirmed_at IS NOT NULL AND l.approved_at IS NOT NULL
           AND a.suspended_at IS NULL) AS total,
        (SELECT count(*) FROM logins WHERE last_active_at > $1) AS half_year,
        (SELECT count(*) FROM logins WHERE last_active_at > $2) AS month,
        (SELECT coalesce(sum(s.statuses_count), 0) FROM account_stats s
         JOIN logins l ON l.account_id = s.account_id) AS statuses
"""


@dataclass(frozen=True)
class Usage:
    """How big this community is."""

    total: int
    half_year: int
    month: int
    statuses: int


async def count_usage(tx: Reading, *, half_year_ago: datetime, month_ago: datetime) -> Usage:
    """Members, those who were here lately, and their statuses."""
    row = await tx.fetch_one(COUNT_USAGE, half_year_ago, month_ago)
    return Usage(*(int(value) for value in row.values())) if row else Usage(0, 0, 0, 0)
