"""What members lost when a server was cut off, as they see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction

_SEVERANCE = "id, account_id, domain, followers_count, following_count, created_at"


@dataclass(frozen=True)
class Severance:
    """One member's loss."""

    id: int
    account_id: int
    domain: str
    followers_count: int
    following_count: int
    created_at: datetime


LIST_SEVERANCES = f"SELECT {_SEVERANCE} FROM severances WHERE id = ANY($1::bigint[])"


async def list_severances(tx: Reading, *, severance_ids: Sequence[int]) -> dict[int, Severance]:
    """Losses by id."""
    rows = await tx.fetch_all(LIST_SEVERANCES, list(severance_ids))
    return {row["id"]: Severance(*row.values()) for row in rows}


LIST_OWN_SEVERANCES = f"""
    SELECT {_SEVERANCE} FROM severances WHERE account_id = $1 ORDER BY id DESC LIMIT 500
"""


async def list_own_severances(tx: Reading, *, account_id: int) -> list[Severance]:
    """A member's losses, latest first."""
    rows = await tx.fetch_all(LIST_OWN_SEVERANCES, account_id)
    return [Severance(*row.values()) for row in rows]


@dataclass(frozen=True)
class Lost:
    """Somebody elsewhere, and how it stood with a member."""

    kind: str
    acct: str
    shows_reblogs: bool
    notifies: bool
    languages: Sequence[str] | None
    outcome: str | None
    is_asked: bool


LIST_LOST = """
    SELECT r.kind, a.username || '@' || a.domain AS acct, r.shows_reblogs, r.notifies,
           r.languages, r.outcome, r.asked_at IS NOT NULL AS is_asked
    FROM severed_relations r
    JOIN severances v ON v.id = r.severance_id
    JOIN accounts a ON a.id = r.remote_id
    WHERE r.severance_id = $1 AND v.account_id = $2 AND ($3::text[] IS NULL OR r.kind = ANY($3))
    ORDER BY r.id
    LIMIT 100000
"""


async def list_lost(
    tx: Reading, *, severance_id: int, account_id: int, kinds: Sequence[str] | None = None
) -> list[Lost]:
    """Everybody whom a member lost at once; only the member's own are found."""
    rows = await tx.fetch_all(LIST_LOST, severance_id, account_id, kinds and list(kinds))
    return [Lost(*row.values()) for row in rows]


TAKE_UNTOLD = """
    UPDATE severances SET notified_at = $2
    WHERE id IN (
        SELECT id FROM severances WHERE domain = $1 AND notified_at IS NULL
        ORDER BY id LIMIT $3
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id, account_id
"""


async def take_untold(
    tx: Transaction, *, domain: str, at: datetime, limit: int
) -> list[tuple[int, int]]:
    """(severance, member) of those who were not told yet, and are now."""
    rows = await tx.fetch_all(TAKE_UNTOLD, domain, at, limit)
    return [(row["id"], row["account_id"]) for row in rows]
