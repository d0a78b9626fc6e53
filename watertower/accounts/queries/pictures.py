"""Our copies of the pictures of accounts of other servers."""

from dataclasses import dataclass
from typing import Literal

from watertower.base.db.transaction import Reading, Transaction

Kind = Literal["avatar", "header"]


@dataclass(frozen=True)
class Wanted:
    """A picture that an account shows and we hold no copy of."""

    kind: Kind
    url: str


LIST_WANTED_PICTURES = """
    SELECT picture.kind, picture.url
    FROM accounts a
    CROSS JOIN LATERAL (VALUES
        ('avatar', a.avatar_remote_url, a.avatar_key),
        ('header', a.header_remote_url, a.header_key)
    ) picture(kind, url, key)
    WHERE a.id = $1 AND a.domain IS NOT NULL AND a.deleted_at IS NULL
      AND a.suspended_at IS NULL AND picture.url IS NOT NULL
      AND picture.key IS NULL
    ORDER BY picture.kind
    LIMIT 2
"""


async def list_wanted_pictures(tx: Reading, *, account_id: int) -> list[Wanted]:
    """Which pictures of an account elsewhere are to be copied."""
    rows = await tx.fetch_all(LIST_WANTED_PICTURES, account_id)
    return [Wanted(*row.values()) for row in rows]


UPDATE_COPY = {
    kind: f"""
        UPDATE accounts
        SET {kind}_key = $3, {kind}_static_key = $4, version = version + 1
        WHERE id = $1 AND {kind}_remote_url = $2 AND {kind}_key IS NULL
          AND deleted_at IS NULL AND suspended_at IS NULL
    """
    for kind in ("avatar", "header")
}


async def update_copy(
    tx: Transaction, *, account_id: int, wanted: Wanted, key: str, static_key: str
) -> bool:
    """Note where our copy lies; False if the picture was changed or copied meanwhile."""
    return bool(await tx.execute(UPDATE_COPY[wanted.kind], account_id, wanted.url, key, static_key))


LIST_COPIES = """
    SELECT DISTINCT copy.key
    FROM accounts a
    CROSS JOIN LATERAL unnest(
        ARRAY[a.avatar_key, a.avatar_static_key, a.header_key, a.header_static_key]
    ) AS copy(key)
    WHERE a.id = $1 AND a.domain IS NOT NULL AND copy.key IS NOT NULL
    ORDER BY copy.key
    LIMIT 4
"""


async def list_copies(tx: Transaction, *, account_id: int) -> list[str]:
    """Keys of all that we hold of the pictures of an account elsewhere."""
    return [row["key"] for row in await tx.fetch_all(LIST_COPIES, account_id)]


LOCK_COPIES = """
    SELECT avatar_key, avatar_static_key, header_key, header_static_key,
           avatar_remote_url, header_remote_url
    FROM accounts
    WHERE uri = $1 AND domain IS NOT NULL
    FOR UPDATE
"""


async def list_outdated_copies(
    tx: Transaction, *, uri: str, avatar_url: str | None, header_url: str | None
) -> list[str]:
    """Keys of copies that are worth nothing once the account shows these pictures.

    Locks the account, so that what is answered stays so until it is written.
    """
    row = await tx.fetch_one(LOCK_COPIES, uri)
    if row is None:
        return []
    keys: set[str | None] = set()
    if row["avatar_remote_url"] != avatar_url:
        keys |= {row["avatar_key"], row["avatar_static_key"]}
    if row["header_remote_url"] != header_url:
        keys |= {row["header_key"], row["header_static_key"]}
    return sorted(key for key in keys if key)
