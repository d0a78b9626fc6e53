"""Relays that we subscribed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction


@dataclass(frozen=True)
class Relay:
    """A relay. `style` is mastodon (it is given whole activities) or litepub (Announces)."""

    id: int
    inbox_url: str
    actor_uri: str | None
    style: str
    state: str  # pending, accepted or rejected
    created_at: datetime
    answered_at: datetime | None


_COLUMNS = "r.id, r.inbox_url, r.actor_uri, r.style, r.state, r.created_at, r.answered_at"
LIST_RELAYS = f"SELECT {_COLUMNS} FROM relays r ORDER BY r.id LIMIT 200"
FIND_RELAY = f"SELECT {_COLUMNS} FROM relays r WHERE r.inbox_url = $1 OR r.actor_uri = $1"
FIND_RELAY_BY_ID = f"SELECT {_COLUMNS} FROM relays r WHERE r.id = $1"
# Whoever speaks for a relay has its inbox.
FIND_RELAY_OF = f"""
    SELECT {_COLUMNS} FROM relays r
    WHERE r.actor_uri = $1 OR (r.inbox_url = $2 AND r.actor_uri IS NULL)
"""


async def list_relays(tx: Reading) -> Sequence[Relay]:
    """All relays, oldest first."""
    return [Relay(*row.values()) for row in await tx.fetch_all(LIST_RELAYS)]


async def find_relay(tx: Reading, *, url: str) -> Relay | None:
    """The relay with this inbox or this actor."""
    row = await tx.fetch_one(FIND_RELAY, url)
    return row and Relay(*row.values())


async def find_relay_by_id(tx: Reading, *, relay_id: int) -> Relay | None:
    """The relay of this number."""
    row = await tx.fetch_one(FIND_RELAY_BY_ID, relay_id)
    return row and Relay(*row.values())


async def find_relay_of(tx: Reading, *, actor_uri: str, inbox_url: str) -> Relay | None:
    """The relay whose actor this is."""
    row = await tx.fetch_one(FIND_RELAY_OF, actor_uri, inbox_url)
    return row and Relay(*row.values())


INSERT_RELAY = f"""
    INSERT INTO relays AS r (inbox_url, actor_uri, style, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (inbox_url) DO NOTHING
    RETURNING {_COLUMNS}
"""


async def insert_relay(
    tx: Transaction, *, inbox_url: str, actor_uri: str | None, style: str, at: datetime
) -> Relay | None:
    """A new relay that has not answered yet; None if it is there already."""
    row = await tx.fetch_one(INSERT_RELAY, inbox_url, actor_uri, style, at)
    return row and Relay(*row.values())


UPDATE_RELAY = """
    UPDATE relays SET state = $2, actor_uri = $3, answered_at = $4 WHERE id = $1
"""


async def update_relay(
    tx: Transaction, *, relay_id: int, state: str, actor_uri: str, at: datetime
) -> None:
    """It answered, and we know now who speaks for it."""
    await tx.execute(UPDATE_RELAY, relay_id, state, actor_uri, at)


DELETE_RELAY = "DELETE FROM relays WHERE id = $1"


async def delete_relay(tx: Transaction, *, relay_id: int) -> bool:
    """Forget a relay; False if it is forgotten already."""
    return bool(await tx.execute(DELETE_RELAY, relay_id))
