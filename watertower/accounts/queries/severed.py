"""Follows that a suspension of a server takes out of force, kept until they can come back."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.queries.follows import counted
from watertower.base.db.transaction import Reading, Transaction

# One statement: what is taken away is what is written down. `ours` is the member of each pair.
SEVER = f"""
    WITH gone AS (
        DELETE FROM follows f
        WHERE (f.account_id = ANY($1::bigint[]) OR f.target_account_id = ANY($1::bigint[]))
          AND EXISTS (
              SELECT 1 FROM accounts m
              WHERE m.domain IS NULL
                AND m.id = CASE WHEN f.account_id = ANY($1::bigint[]) THEN f.target_account_id
                                ELSE f.account_id END
          )
        RETURNING f.*
    ){counted("gone", "-1")}
    , waiting AS (
        DELETE FROM follow_requests r
        WHERE (r.account_id = ANY($1::bigint[]) OR r.target_account_id = ANY($1::bigint[]))
          AND EXISTS (
              SELECT 1 FROM accounts m
              WHERE m.domain IS NULL
                AND m.id = CASE WHEN r.account_id = ANY($1::bigint[]) THEN r.target_account_id
                                ELSE r.account_id END
          )
        RETURNING r.*
    ), featured AS (
        DELETE FROM endorsements e USING gone
        WHERE e.account_id = gone.account_id AND e.target_account_id = gone.target_account_id
        RETURNING e.account_id, e.target_account_id
    ), pairs AS (
        SELECT g.*, CASE WHEN g.target_account_id = ANY($1::bigint[]) THEN 'following'
                         ELSE 'follower' END AS kind
        FROM gone g
        UNION ALL
        SELECT w.*, CASE WHEN w.target_account_id = ANY($1::bigint[]) THEN 'asked'
                         ELSE 'asked_by' END
        FROM waiting w
    ), sided AS (
        SELECT p.*,
               CASE WHEN p.kind IN ('following', 'asked') THEN p.account_id
                    ELSE p.target_account_id END AS member_id,
               CASE WHEN p.kind IN ('following', 'asked') THEN p.target_account_id
                    ELSE p.account_id END AS remote_id
        FROM pairs p
    ), ours AS (
        -- who was asked again and had not answered is asked anew by the row that is there
        SELECT s.* FROM sided s
        WHERE NOT (s.kind = 'asked' AND EXISTS (
            SELECT 1 FROM severed_relations o
            WHERE o.remote_id = s.remote_id AND o.member_id = s.member_id
              AND o.kind = 'following' AND o.settled_at IS NULL
        ))
    ), lost AS (
        INSERT INTO severances AS v
            (account_id, domain, policy_at, followers_count, following_count, created_at)
        SELECT member_id, $2, $3, count(*) FILTER (WHERE kind = 'follower'),
               count(*) FILTER (WHERE kind = 'following'), $4
        FROM ours
        GROUP BY member_id
        ORDER BY member_id
        ON CONFLICT (account_id, domain, policy_at) DO UPDATE SET
            followers_count = v.followers_count + excluded.followers_count,
            following_count = v.following_count + excluded.following_count
        RETURNING v.id, v.account_id
    ), kept AS (
        INSERT INTO severed_relations
            (severance_id, member_id, remote_id, kind, follow_id, shows_reblogs, notifies,
             languages, uri, is_endorsed, followed_at)
        SELECT lost.id, o.member_id, o.remote_id, o.kind, o.id, o.shows_reblogs, o.notifies,
               o.languages, o.uri, f.account_id IS NOT NULL, o.created_at
        FROM ours o
        JOIN lost ON lost.account_id = o.member_id
        LEFT JOIN featured f
               ON f.account_id = o.account_id AND f.target_account_id = o.target_account_id
        ON CONFLICT (remote_id, member_id, kind) WHERE settled_at IS NULL DO NOTHING
        RETURNING id
    )
    SELECT count(*) FROM kept
"""


async def sever(
    tx: Transaction,
    *,
    account_ids: Sequence[int],
    domain: str,
    policy_at: datetime,
    at: datetime,
) -> int:
    """Take the follows and requests of these accounts elsewhere out of force and keep them."""
    found: int = await tx.fetch_value(SEVER, list(account_ids), domain, policy_at, at)
    return found


COUNT_STILL_SEVERED = """
    SELECT count(*) FROM severed_relations r
    JOIN severances v ON v.id = r.severance_id
    WHERE v.domain = $1 AND r.settled_at IS NULL
"""


async def count_still_severed(tx: Reading, *, domain: str) -> int:
    """How many relationships with a server wait to come back."""
    found: int = await tx.fetch_value(COUNT_STILL_SEVERED, domain)
    return found
