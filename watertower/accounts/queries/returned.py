"""Follows come back after a suspension was lifted: those who followed, and who is asked again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.queries.follows import counted
from watertower.base.db.transaction import Transaction

# Followers come back as they were: their servers never heard that anything had changed, and an
# Accept is sent again. What people decided meanwhile counts: blocked, deleted, followed anew.
RETURN_FOLLOWERS = f"""
    WITH due AS (
        UPDATE severed_relations r
        SET settled_at = $2::timestamptz, outcome = CASE WHEN may.come THEN 'restored' ELSE 'ended' END
        FROM severed_relations s
        CROSS JOIN LATERAL (
            SELECT NOT EXISTS (
                SELECT 1 FROM blocks b
                WHERE (b.account_id, b.target_account_id)
                      IN ((s.member_id, s.remote_id), (s.remote_id, s.member_id))
            ) AND NOT EXISTS (
                SELECT 1 FROM accounts a
                WHERE a.id IN (s.member_id, s.remote_id) AND a.deleted_at IS NOT NULL
            ) AS come
        ) may
        WHERE r.id = s.id AND s.remote_id = ANY($1::bigint[]) AND s.settled_at IS NULL
          AND s.kind IN ('follower', 'asked_by')
        RETURNING r.*, may.come
    ), new AS (
        INSERT INTO follows
            (id, account_id, target_account_id, shows_reblogs, notifies, languages, uri,
             created_at)
        SELECT follow_id, remote_id, member_id, shows_reblogs, notifies, languages, uri,
               followed_at
        FROM due
        WHERE kind = 'follower' AND come
        ON CONFLICT DO NOTHING
        RETURNING account_id, target_account_id, uri
    ){counted("new", "1")}
    , asked AS (
        INSERT INTO follow_requests
            (id, account_id, target_account_id, shows_reblogs, notifies, languages, uri,
             created_at)
        SELECT follow_id, remote_id, member_id, shows_reblogs, notifies, languages, uri,
               followed_at
        FROM due
        WHERE kind = 'asked_by' AND come
        ON CONFLICT DO NOTHING
    )
    SELECT account_id, target_account_id, coalesce(uri, '') AS uri FROM new
"""


@dataclass(frozen=True)
class Came:
    """A follow that is in force again."""

    actor_id: int
    target_id: int
    uri: str


async def return_followers(
    tx: Transaction, *, account_ids: Sequence[int], at: datetime
) -> list[Came]:
    """Put the followers elsewhere back; those who follow again."""
    rows = await tx.fetch_all(RETURN_FOLLOWERS, list(account_ids), at)
    return [Came(*row.values()) for row in rows]


# Members ask again; until the other side says yes it is a request and nothing more. It is a new
# Follow with an id of its own: the old one was sent, and what was sent is not sent twice.
ASK_AGAIN = """
    WITH due AS (
        UPDATE severed_relations r
        SET asked_at = $2::timestamptz,
            settled_at = CASE WHEN may.ask THEN NULL ELSE $2::timestamptz END,
            outcome = CASE WHEN may.ask THEN NULL ELSE 'ended' END
        FROM severed_relations s
        CROSS JOIN LATERAL (
            SELECT NOT EXISTS (
                SELECT 1 FROM blocks b
                WHERE (b.account_id, b.target_account_id)
                      IN ((s.member_id, s.remote_id), (s.remote_id, s.member_id))
            ) AND NOT EXISTS (
                SELECT 1 FROM accounts a
                WHERE a.id IN (s.member_id, s.remote_id) AND a.deleted_at IS NOT NULL
            ) AND NOT EXISTS (
                SELECT 1 FROM domain_mutes d JOIN accounts a ON a.domain = d.domain
                WHERE d.account_id = s.member_id AND a.id = s.remote_id
            ) AS ask
        ) may
        WHERE r.id = s.id AND s.remote_id = ANY($1::bigint[]) AND s.settled_at IS NULL
          AND s.asked_at IS NULL AND s.kind IN ('following', 'asked')
        RETURNING r.*, may.ask
    )
    INSERT INTO follow_requests
        (account_id, target_account_id, shows_reblogs, notifies, languages, uri, created_at)
    SELECT due.member_id, due.remote_id, due.shows_reblogs, due.notifies, due.languages,
           m.uri || '#follows/' || gen_random_uuid(), $2::timestamptz
    FROM due
    JOIN accounts m ON m.id = due.member_id
    WHERE due.ask
    ON CONFLICT DO NOTHING
    RETURNING id, account_id, target_account_id
"""


@dataclass(frozen=True)
class Asked:
    """A request that is to be sent."""

    follow_request_id: int
    actor_id: int
    target_id: int


async def ask_again(tx: Transaction, *, account_ids: Sequence[int], at: datetime) -> list[Asked]:
    """Ask those elsewhere whom members followed to take them back."""
    rows = await tx.fetch_all(ASK_AGAIN, list(account_ids), at)
    return [Asked(*row.values()) for row in rows]


# A second suspension before they had answered: what was asked is severed as a request; the old
# row is what it goes back to.
UNASK = """
    UPDATE severed_relations SET asked_at = NULL, asks = 0
    WHERE remote_id = ANY($1::bigint[]) AND settled_at IS NULL AND asked_at IS NOT NULL
"""


async def unask(tx: Transaction, *, account_ids: Sequence[int]) -> None:
    """Those who were asked and did not answer will be asked anew."""
    await tx.execute(UNASK, list(account_ids))


SETTLE = """
    WITH settled AS (
        UPDATE severed_relations
        SET settled_at = $3::timestamptz, outcome = $4::text
        WHERE remote_id = $2 AND member_id = $1 AND kind IN ('following', 'asked')
          AND settled_at IS NULL AND asked_at IS NOT NULL
        RETURNING is_endorsed, followed_at
    ), featured AS (
        INSERT INTO endorsements (account_id, target_account_id, created_at)
        SELECT $1::bigint, $2::bigint, $3::timestamptz FROM settled
        WHERE is_endorsed AND $4::text = 'restored'
        LIMIT 1
        ON CONFLICT DO NOTHING
    )
    SELECT min(followed_at) FROM settled
"""
UPDATE_SINCE = """
    UPDATE follows SET created_at = $3 WHERE account_id = $1 AND target_account_id = $2
"""


async def settle(
    tx: Transaction, *, actor_id: int, target_id: int, at: datetime, outcome: str
) -> bool:
    """Note what the other side answered; False if nothing was asked again.

    A follow that is restored began when it had begun.
    """
    since: datetime | None = await tx.fetch_value(SETTLE, actor_id, target_id, at, outcome)
    if since is not None and outcome == "restored":
        await tx.execute(UPDATE_SINCE, actor_id, target_id, since)
    return since is not None


# Who did not answer for a day is asked once more; after a week it is as if they had said no.
ASK_UNANSWERED = """
    WITH due AS (
        SELECT s.id FROM severed_relations s
        WHERE s.settled_at IS NULL AND s.asked_at < $1
        ORDER BY s.asked_at
        LIMIT $4
        FOR UPDATE SKIP LOCKED
    ), asked AS (
        UPDATE follow_requests q
        SET uri = m.uri || '#follows/' || gen_random_uuid()
        FROM due
        JOIN severed_relations s ON s.id = due.id
        JOIN accounts m ON m.id = s.member_id
        WHERE q.account_id = s.member_id AND q.target_account_id = s.remote_id
        RETURNING q.id, q.account_id, q.target_account_id
    )
    UPDATE severed_relations r
    SET asked_at = $2, asks = r.asks + 1,
        settled_at = CASE WHEN r.asks >= $3 OR q.id IS NULL THEN $2::timestamptz END,
        outcome = CASE WHEN r.asks >= $3 OR q.id IS NULL THEN 'declined' END
    FROM due
    JOIN severed_relations s ON s.id = due.id
    LEFT JOIN asked q ON q.account_id = s.member_id AND q.target_account_id = s.remote_id
    WHERE r.id = due.id
    RETURNING q.id, r.member_id, r.remote_id, r.settled_at IS NOT NULL AS is_over
"""


async def ask_unanswered(
    tx: Transaction, *, before: datetime, at: datetime, most_asks: int, limit: int
) -> list[tuple[Asked, bool]]:
    """(request, whether it is given up) of those who were asked before this and did not answer.

    A request that the member took back meanwhile is settled, and not among them.
    """
    rows = await tx.fetch_all(ASK_UNANSWERED, before, at, most_asks, limit)
    return [
        (Asked(row["id"], row["member_id"], row["remote_id"]), row["is_over"])
        for row in rows
        if row["id"] is not None
    ]
