"""How two accounts stand to one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.model import Relationship
from watertower.base.db.transaction import Reading, Transaction

# Follow, block and their opposites of one pair happen one after the other: a block that races
# with a follow must not leave both.
LOCK_PAIR = """
    SELECT pg_advisory_xact_lock(
        hashtextextended('relation ' || least($1::bigint, $2) || ' ' || greatest($1::bigint, $2), 0)
    )
"""


async def lock_pair(tx: Transaction, *, actor_id: int, target_id: int) -> None:
    """Wait until nobody else changes how these two stand; held to the transaction's end."""
    await tx.fetch_value(LOCK_PAIR, actor_id, target_id)


@dataclass(frozen=True)
class Pair:
    """Two accounts, as the rules about following need them."""

    actor_uri: str
    actor_is_local: bool
    actor_may_act: bool
    actor_is_limited: bool
    target_uri: str
    target_is_local: bool
    target_is_there: bool
    target_is_locked: bool
    target_has_moved: bool
    is_blocked: bool  # in either direction, or the actor hides the target's server
    is_following: bool
    is_requested: bool
    following_count: int  # of the actor
    followers_count: int  # of the actor


FIND_PAIR = """
    SELECT a.uri AS actor_uri, a.domain IS NULL AS actor_is_local,
           a.suspended_at IS NULL AND a.deleted_at IS NULL AND l.frozen_at IS NULL
               AS actor_may_act,
           a.limited_at IS NOT NULL AS actor_is_limited,
           t.uri AS target_uri, t.domain IS NULL AS target_is_local,
           t.suspended_at IS NULL AND t.deleted_at IS NULL
               AND (tl.id IS NULL OR tl.approved_at IS NOT NULL) AS target_is_there,
           t.is_locked AS target_is_locked,
           t.moved_to_account_id IS NOT NULL AS target_has_moved,
           EXISTS (
               SELECT 1 FROM blocks b
               WHERE (b.account_id, b.target_account_id) IN ((a.id, t.id), (t.id, a.id))
           ) OR EXISTS (
               SELECT 1 FROM domain_mutes d WHERE d.account_id = a.id AND d.domain = t.domain
           ) AS is_blocked,
           EXISTS (
               SELECT 1 FROM follows f WHERE f.account_id = a.id AND f.target_account_id = t.id
           ) AS is_following,
           EXISTS (
               SELECT 1 FROM follow_requests r
               WHERE r.account_id = a.id AND r.target_account_id = t.id
           ) AS is_requested,
           coalesce(s.following_count, 0) AS following_count,
           coalesce(s.followers_count, 0) AS followers_count
    FROM accounts a
    CROSS JOIN accounts t
    LEFT JOIN logins l ON l.account_id = a.id
    LEFT JOIN logins tl ON tl.account_id = t.id
    LEFT JOIN account_stats s ON s.account_id = a.id
    WHERE a.id = $1 AND t.id = $2
"""


async def find_pair(tx: Reading, *, actor_id: int, target_id: int) -> Pair | None:
    """Both accounts and what stands between them; None if one of them does not exist."""
    row = await tx.fetch_one(FIND_PAIR, actor_id, target_id)
    return row and Pair(*row.values())


HAS_FOLLOW = """
    SELECT EXISTS (SELECT 1 FROM follows WHERE account_id = $1 AND target_account_id = $2)
"""


async def has_follow(tx: Reading, *, actor_id: int, target_id: int) -> bool:
    """Whether the actor follows the target."""
    return bool(await tx.fetch_value(HAS_FOLLOW, actor_id, target_id))


HAS_BLOCK = """
    SELECT EXISTS (SELECT 1 FROM blocks WHERE account_id = $1 AND target_account_id = $2)
"""


async def has_block(tx: Reading, *, actor_id: int, target_id: int) -> bool:
    """Whether the actor blocks the target; see list_blocks_between for both directions."""
    return bool(await tx.fetch_value(HAS_BLOCK, actor_id, target_id))


LIST_BLOCKS_BETWEEN = """
    SELECT target_account_id AS other_id
    FROM blocks
    WHERE account_id = $1 AND target_account_id = ANY($2::bigint[])
    UNION
    SELECT account_id
    FROM blocks
    WHERE target_account_id = $1 AND account_id = ANY($2::bigint[])
"""


async def list_blocks_between(
    tx: Reading, *, account_id: int, other_ids: Sequence[int]
) -> set[int]:
    """Which of the others block this account or are blocked by it."""
    rows = await tx.fetch_all(LIST_BLOCKS_BETWEEN, account_id, list(other_ids))
    return {row["other_id"] for row in rows}


LIST_RELATIONSHIPS = """
    SELECT t.id,
           f.id IS NOT NULL AS is_following,
           coalesce(f.shows_reblogs, r.shows_reblogs, false) AS shows_reblogs,
           coalesce(f.notifies, r.notifies, false) AS notifies,
           CASE WHEN f.id IS NOT NULL THEN f.languages ELSE r.languages END AS languages,
           back.id IS NOT NULL AS is_followed_by,
           b.id IS NOT NULL AS is_blocking,
           bb.id IS NOT NULL AS is_blocked_by,
           m.id IS NOT NULL AS is_muting,
           coalesce(m.hides_notifications, false) AS is_muting_notifications,
           m.expires_at AS mute_expires_at,
           r.id IS NOT NULL AS is_requested,
           rb.id IS NOT NULL AS is_requested_by,
           d.id IS NOT NULL AS is_muting_domain,
           e.id IS NOT NULL AS is_endorsed,
           coalesce(n.comment, '') AS note
    FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted(id, place)
    JOIN accounts t ON t.id = wanted.id
    LEFT JOIN follows f ON f.account_id = $1 AND f.target_account_id = t.id
    LEFT JOIN follows back ON back.account_id = t.id AND back.target_account_id = $1
    LEFT JOIN follow_requests r ON r.account_id = $1 AND r.target_account_id = t.id
    LEFT JOIN follow_requests rb ON rb.account_id = t.id AND rb.target_account_id = $1
    LEFT JOIN blocks b ON b.account_id = $1 AND b.target_account_id = t.id
    LEFT JOIN blocks bb ON bb.account_id = t.id AND bb.target_account_id = $1
    LEFT JOIN mutes m ON m.account_id = $1 AND m.target_account_id = t.id
                     AND (m.expires_at IS NULL OR m.expires_at > $4)
    LEFT JOIN domain_mutes d ON d.account_id = $1 AND d.domain = t.domain
    LEFT JOIN endorsements e ON e.account_id = $1 AND e.target_account_id = t.id
    LEFT JOIN account_notes n ON n.account_id = $1 AND n.target_account_id = t.id
    WHERE t.deleted_at IS NULL AND ($3 OR t.suspended_at IS NULL)
    ORDER BY wanted.place
"""


async def list_relationships(
    tx: Reading, *, account_id: int, target_ids: Sequence[int], with_suspended: bool, now: datetime
) -> list[Relationship]:
    """How this account stands to the others, in their order; one query for any number."""
    rows = await tx.fetch_all(LIST_RELATIONSHIPS, account_id, list(target_ids), with_suspended, now)
    return [Relationship(*row.values()) for row in rows]
