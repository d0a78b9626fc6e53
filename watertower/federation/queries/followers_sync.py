"""Who follows whom between one of our accounts or theirs and one server (FEP-8fcf)."""

from collections.abc import Sequence
from dataclasses import dataclass

from watertower.base.db.transaction import Reading

# Numbers of follows only grow, so the same newest follow and the same count mean the same
# followers. The count is kept, the newest is the end of an index: this costs nothing.
FIND_FOLLOWERS_VERSION = """
    SELECT coalesce((SELECT max(id) FROM follows WHERE target_account_id = $1), 0) AS newest,
           coalesce((SELECT followers_count FROM account_stats WHERE account_id = $1), 0) AS many
"""


async def find_followers_version(tx: Reading, *, account_id: int) -> tuple[int, int]:
    """(newest follow, how many followers): different whenever the followers are others."""
    row = await tx.fetch_one(FIND_FOLLOWERS_VERSION, account_id)
    return (row["newest"], row["many"]) if row else (0, 0)


# The digest of a server is the XOR of the SHA-256 of the ids of its followers.
LIST_FOLLOWERS_DIGESTS = """
    SELECT split_part(a.uri, '/', 1) || '//' || lower(split_part(a.uri, '/', 3)) AS origin,
           bit_xor(('x' || encode(sha256(convert_to(a.uri, 'UTF8')), 'hex'))::bit(256))::text
               AS digest
    FROM follows f
    JOIN accounts a ON a.id = f.account_id
    WHERE f.target_account_id = $1 AND a.domain IS NOT NULL
    GROUP BY 1
"""


async def list_followers_digests(tx: Reading, *, account_id: int) -> dict[str, str]:
    """Digest in hex by origin (`https://host`) of all servers with a follower of this account."""
    rows = await tx.fetch_all(LIST_FOLLOWERS_DIGESTS, account_id)
    return {row["origin"]: f"{int(row['digest'], 2):064x}" for row in rows}


LIST_FOLLOWERS_AT = """
    SELECT a.uri FROM follows f
    JOIN accounts a ON a.id = f.account_id
    WHERE f.target_account_id = $1 AND a.domain IS NOT NULL
      AND split_part(a.uri, '/', 1) || '//' || lower(split_part(a.uri, '/', 3)) = $2
    ORDER BY f.id
    LIMIT 30000
"""


async def list_followers_at(tx: Reading, *, account_id: int, origin: str) -> list[str]:
    """The followers of this account on one server, by id."""
    return [row["uri"] for row in await tx.fetch_all(LIST_FOLLOWERS_AT, account_id, origin)]


@dataclass(frozen=True)
class LocalFollower:
    """A member who follows somebody, or asked to."""

    account_id: int
    uri: str
    is_asking: bool


LIST_LOCAL_FOLLOWERS_OF = """
    SELECT a.id, a.uri, false AS is_asking FROM follows f
    JOIN accounts a ON a.id = f.account_id
    WHERE f.target_account_id = $1 AND a.domain IS NULL
    UNION ALL
    SELECT a.id, a.uri, true FROM follow_requests r
    JOIN accounts a ON a.id = r.account_id
    WHERE r.target_account_id = $1 AND a.domain IS NULL
    LIMIT 60000
"""


async def list_local_followers_of(tx: Reading, *, account_id: int) -> Sequence[LocalFollower]:
    """Members who follow this account elsewhere, and those who wait for its answer."""
    rows = await tx.fetch_all(LIST_LOCAL_FOLLOWERS_OF, account_id)
    return [LocalFollower(*row.values()) for row in rows]
