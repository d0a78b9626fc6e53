"""Policies for old posts, and the posts that they let go."""

from dataclasses import fields
from datetime import datetime
from typing import NamedTuple

from watertower.base.db.transaction import Reading, Transaction
from watertower.statuses.cleanup import CleanupPolicy

_NAMES = tuple(f.name for f in fields(CleanupPolicy))
COLUMNS = ", ".join(_NAMES)

FIND_POLICY = f"SELECT {COLUMNS} FROM cleanup_policies WHERE account_id = $1"


async def find_policy(tx: Reading, *, account_id: int) -> CleanupPolicy:
    """The member's policy; deletes nothing by default."""
    row = await tx.fetch_one(FIND_POLICY, account_id)
    return CleanupPolicy() if row is None else CleanupPolicy(**dict(row))


# A changed policy is looked at from the beginning.
UPSERT_POLICY = f"""
    INSERT INTO cleanup_policies (account_id, {COLUMNS})
    VALUES ($1, {", ".join(f"${n}" for n in range(2, len(_NAMES) + 2))})
    ON CONFLICT (account_id) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in _NAMES)},
        looked_at_id = 0, looked_at = NULL
"""


async def upsert_policy(tx: Transaction, *, account_id: int, policy: CleanupPolicy) -> None:
    """Keep the member's choice."""
    await tx.execute(UPSERT_POLICY, account_id, *(getattr(policy, name) for name in _NAMES))


class DuePolicy(NamedTuple):
    """Whose turn it is, and from where on."""

    account_id: int
    after_id: int


LIST_DUE = """
    SELECT p.account_id, p.looked_at_id
    FROM cleanup_policies p
    JOIN accounts a ON a.id = p.account_id
    WHERE p.is_enabled AND (p.looked_at IS NULL OR p.looked_at < $1 OR p.looked_at_id > 0)
      AND a.suspended_at IS NULL AND a.deleted_at IS NULL
    ORDER BY p.looked_at NULLS FIRST
    LIMIT $2
"""


async def list_due(tx: Reading, *, before: datetime, most: int) -> list[DuePolicy]:
    """Members whose posts were not looked at since then, or not to the end; longest ago first."""
    return [DuePolicy(*row.values()) for row in await tx.fetch_all(LIST_DUE, before, most)]


LIST_EXPENDABLE = """
    SELECT s.id
    FROM statuses s
    JOIN cleanup_policies p ON p.account_id = s.account_id
    LEFT JOIN status_stats st ON st.status_id = s.id
    WHERE s.account_id = $1 AND s.deleted_at IS NULL AND s.id > $2
      AND s.id < id_at($3::timestamptz - make_interval(days => p.min_age_days))
      AND p.is_enabled
      AND NOT (p.keeps_direct AND s.visibility = 3)
      AND NOT (p.keeps_polls AND s.poll_id IS NOT NULL)
      AND NOT (p.keeps_media AND s.has_media)
      AND NOT (p.keeps_pinned AND EXISTS (
          SELECT 1 FROM status_pins x WHERE x.account_id = $1 AND x.status_id = s.id
      ))
      AND NOT (p.keeps_own_favourites AND EXISTS (
          SELECT 1 FROM favourites x WHERE x.account_id = $1 AND x.status_id = s.id
      ))
      AND NOT (p.keeps_own_bookmarks AND EXISTS (
          SELECT 1 FROM bookmarks x WHERE x.account_id = $1 AND x.status_id = s.id
      ))
      AND coalesce(st.favourites_count, 0) < coalesce(p.keeps_from_favourites, 2147483647)
      AND coalesce(st.reblogs_count, 0) < coalesce(p.keeps_from_boosts, 2147483647)
    ORDER BY s.id
    LIMIT $4
"""


async def list_expendable(
    tx: Reading, *, account_id: int, after_id: int, now: datetime, most: int
) -> list[int]:
    """Ids of posts and boosts that the policy lets go, oldest first."""
    rows = await tx.fetch_all(LIST_EXPENDABLE, account_id, after_id, now, most)
    return [row["id"] for row in rows]


UPDATE_LOOKED = (
    "UPDATE cleanup_policies SET looked_at_id = $2, looked_at = $3 WHERE account_id = $1"
)


async def update_looked(tx: Transaction, *, account_id: int, after_id: int, at: datetime) -> None:
    """Note how far this run came; 0: to the end."""
    await tx.execute(UPDATE_LOOKED, account_id, after_id, at)
