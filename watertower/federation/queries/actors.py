"""Accounts as the exchange with other servers needs them. Read only: accounts writes them."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading, Row
from watertower.federation.model import Actor

COLUMNS = """
    a.id, a.username, a.domain, a.uri, a.url, a.inbox_url, a.followers_url, a.featured_url,
    a.is_locked, a.suspended_at IS NOT NULL AS is_suspended, a.deleted_at IS NOT NULL AS is_deleted,
    a.fetched_at, a.version
"""


def actor_of(row: Row) -> Actor:
    """A row of COLUMNS as an actor."""
    return Actor(*row.values())


FIND_ACTOR = f"SELECT {COLUMNS} FROM accounts a WHERE a.id = $1"


async def find_actor(tx: Reading, *, account_id: int) -> Actor | None:
    """The actor of this id, whatever its standing."""
    row = await tx.fetch_one(FIND_ACTOR, account_id)
    return row and actor_of(row)


LIST_ACTORS = f"SELECT {COLUMNS} FROM accounts a WHERE a.id = ANY($1::bigint[])"


async def list_actors(tx: Reading, *, account_ids: Sequence[int]) -> dict[int, Actor]:
    """Actors by id."""
    rows = await tx.fetch_all(LIST_ACTORS, list(account_ids))
    return {row["id"]: actor_of(row) for row in rows}


FIND_ACTOR_BY_URI = f"SELECT {COLUMNS} FROM accounts a WHERE a.uri = $1"


async def find_actor_by_uri(tx: Reading, *, uri: str) -> Actor | None:
    """The actor whose ActivityPub id this is."""
    row = await tx.fetch_one(FIND_ACTOR_BY_URI, uri)
    return row and actor_of(row)


FIND_ACTOR_BY_URL = f"""
    SELECT {COLUMNS} FROM accounts a
    WHERE a.uri = $1 OR a.url = $1
    ORDER BY a.uri = $1 DESC
    LIMIT 1
"""


async def find_actor_by_url(tx: Reading, *, url: str) -> Actor | None:
    """The actor of this id or of this page."""
    row = await tx.fetch_one(FIND_ACTOR_BY_URL, url)
    return row and actor_of(row)


FIND_ACTOR_BY_HANDLE = f"""
    SELECT {COLUMNS} FROM accounts a
    WHERE lower(a.username) = lower($1) AND coalesce(lower(a.domain), '') = lower($2)
"""


async def find_actor_by_handle(tx: Reading, *, username: str, domain: str | None) -> Actor | None:
    """The actor of this name; domain None for ours."""
    row = await tx.fetch_one(FIND_ACTOR_BY_HANDLE, username, domain or "")
    return row and actor_of(row)


LIST_ACTORS_BY_URI = f"SELECT {COLUMNS} FROM accounts a WHERE a.uri = ANY($1::text[])"


async def list_actors_by_uri(tx: Reading, *, uris: Sequence[str]) -> dict[str, Actor]:
    """Those of these actors that are known, by their ActivityPub id."""
    rows = await tx.fetch_all(LIST_ACTORS_BY_URI, list(uris))
    return {row["uri"]: actor_of(row) for row in rows}
