"""What an address names, among what we know."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.db.transaction import Reading


@dataclass(frozen=True)
class KnownStatus:
    """A status that an activity speaks of."""

    id: int
    uri: str
    account_id: int
    is_local: bool
    visibility: int
    poll_id: int | None
    reblog_of_id: int | None


_COLUMNS = "s.id, s.uri, s.account_id, s.is_local, s.visibility, s.poll_id, s.reblog_of_id"
FIND_KNOWN_STATUS = f"""
    SELECT {_COLUMNS}
    FROM statuses s
    WHERE (s.uri = $1 OR (s.id = $2::bigint AND s.is_local)) AND s.deleted_at IS NULL
    ORDER BY s.uri = $1 DESC
    LIMIT 1
"""


async def find_known_status(
    tx: Reading, *, uri: str, own_id: int | None = None
) -> KnownStatus | None:
    """The status of this uri; `own_id` for one of ours that is named in another form."""
    row = await tx.fetch_one(FIND_KNOWN_STATUS, uri, own_id)
    return row and KnownStatus(*row.values())


FIND_STATUS_BY_PAGE = f"""
    SELECT {_COLUMNS}
    FROM statuses s
    WHERE s.url = $1 AND s.deleted_at IS NULL AND s.reblog_of_id IS NULL
    LIMIT 1
"""


async def find_status_by_page(tx: Reading, *, url: str) -> KnownStatus | None:
    """The status whose page for people this is."""
    row = await tx.fetch_one(FIND_STATUS_BY_PAGE, url)
    return row and KnownStatus(*row.values())


@dataclass(frozen=True)
class KnownFollow:
    """A follow, or a request to, between two accounts."""

    actor_id: int
    target_id: int


# By the target first: there is an index, and whoever answers a follow is its target.
FIND_FOLLOW_OF_TARGET = """
    SELECT account_id, target_account_id FROM follow_requests
    WHERE target_account_id = $2 AND uri = $1
    UNION ALL
    SELECT account_id, target_account_id FROM follows
    WHERE target_account_id = $2 AND uri = $1
    LIMIT 1
"""


async def find_follow_of_target(tx: Reading, *, uri: str, target_id: int) -> KnownFollow | None:
    """The follow of this id, if this account is the one followed or asked."""
    row = await tx.fetch_one(FIND_FOLLOW_OF_TARGET, uri, target_id)
    return row and KnownFollow(*row.values())


# What a bare id in an Undo may mean: something this account did.
FIND_DEED = """
    SELECT 'Follow' AS kind, target_account_id AS target FROM follows
    WHERE account_id = $2 AND uri = $1
    UNION ALL
    SELECT 'Follow', target_account_id FROM follow_requests WHERE account_id = $2 AND uri = $1
    UNION ALL
    SELECT 'Block', target_account_id FROM blocks WHERE account_id = $2 AND uri = $1
    UNION ALL
    SELECT 'Like', status_id FROM favourites WHERE account_id = $2 AND uri = $1
    UNION ALL
    SELECT 'Announce', id FROM statuses
    WHERE uri = $1 AND account_id = $2 AND reblog_of_id IS NOT NULL AND deleted_at IS NULL
    LIMIT 1
"""


async def find_deed(tx: Reading, *, uri: str, actor_id: int) -> tuple[str, int] | None:
    """What this account did under this id: ("Follow"|"Block", account), ("Like"|…, status)."""
    row = await tx.fetch_one(FIND_DEED, uri, actor_id)
    return (row["kind"], row["target"]) if row else None


HAS_LOCAL_FOLLOWER = """
    SELECT EXISTS (
        SELECT 1 FROM follows f JOIN accounts a ON a.id = f.account_id
        WHERE f.target_account_id = $1 AND a.domain IS NULL
    )
"""


async def has_local_follower(tx: Reading, *, account_id: int) -> bool:
    """Whether a member follows this account."""
    return bool(await tx.fetch_value(HAS_LOCAL_FOLLOWER, account_id))


HAS_LOCAL_URI = (
    "SELECT EXISTS (SELECT 1 FROM accounts WHERE uri = ANY($1::text[]) AND domain IS NULL)"
)


async def has_local_uri(tx: Reading, *, uris: Sequence[str]) -> bool:
    """Whether a member is among these."""
    return bool(await tx.fetch_value(HAS_LOCAL_URI, list(uris)))


FIND_OPTIONS = """
    SELECT p.options FROM polls p WHERE p.id = $1
"""


async def find_options(tx: Reading, *, poll_id: int) -> list[str]:
    """The options of a poll."""
    return list(await tx.fetch_value(FIND_OPTIONS, poll_id) or ())


HAS_TOMBSTONE = "SELECT EXISTS (SELECT 1 FROM tombstones WHERE uri = $1)"


async def has_tombstone(tx: Reading, *, uri: str) -> bool:
    """Whether something of this id was deleted, so that it must not come back."""
    return bool(await tx.fetch_value(HAS_TOMBSTONE, uri))
