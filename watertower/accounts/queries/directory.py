"""Members who want to be found: the directory, and whom one could follow."""

from watertower.base.db.transaction import Reading, Transaction

# What the viewer ($1, or NULL) does not want to meet, and who does not want to meet the viewer.
_WELCOME = """
      a.is_discoverable AND a.suspended_at IS NULL AND a.limited_at IS NULL
      AND a.deleted_at IS NULL AND a.moved_to_account_id IS NULL AND NOT a.is_memorial
      AND (SELECT l.approved_at IS NULL OR l.confirmed_at IS NULL
           FROM logins l WHERE l.account_id = a.id) IS NOT TRUE
      AND ($1::bigint IS NULL OR NOT (
          EXISTS (SELECT 1 FROM blocks b WHERE b.account_id = $1 AND b.target_account_id = a.id)
          OR EXISTS (SELECT 1 FROM blocks b WHERE b.account_id = a.id AND b.target_account_id = $1)
          OR EXISTS (SELECT 1 FROM mutes m WHERE m.account_id = $1 AND m.target_account_id = a.id
                       AND (m.expires_at IS NULL OR m.expires_at > now()))
          OR EXISTS (SELECT 1 FROM domain_mutes d WHERE d.account_id = $1 AND d.domain = a.domain)
      ))
"""

LIST_DIRECTORY_BY_POSTS = f"""
    SELECT a.id
    FROM account_stats s
    CROSS JOIN LATERAL (SELECT * FROM accounts WHERE id = s.account_id OFFSET 0) a
    WHERE ($2 = false OR a.domain IS NULL) AND {_WELCOME}
    ORDER BY s.last_status_at DESC NULLS LAST, s.account_id DESC
    LIMIT $3
    OFFSET $4
"""
LIST_DIRECTORY_BY_AGE = f"""
    SELECT a.id
    FROM accounts a
    WHERE ($2 = false OR a.domain IS NULL) AND {_WELCOME}
    ORDER BY a.id DESC
    LIMIT $3
    OFFSET $4
"""


async def list_directory(
    tx: Reading,
    *,
    viewer_id: int | None,
    only_local: bool,
    newest_first: bool,
    limit: int,
    offset: int,
) -> list[int]:
    """Ids of accounts in the directory: who posted last comes first, or who came last."""
    sql = LIST_DIRECTORY_BY_AGE if newest_first else LIST_DIRECTORY_BY_POSTS
    rows = await tx.fetch_all(sql, viewer_id, only_local, limit, offset)
    return [row["id"] for row in rows]


# Bounded: the last 200 one follows, the last 100 that each of them follows, the 100 here whom
# most people follow.
LIST_SUGGESTIONS = f"""
    WITH mine AS (
        SELECT f.target_account_id AS id
        FROM follows f
        JOIN accounts friend ON friend.id = f.target_account_id AND NOT friend.hides_collections
        WHERE f.account_id = $1
        ORDER BY f.id DESC
        LIMIT 200
    ), met AS (
        SELECT theirs.id, count(*) AS friends
        FROM mine
        CROSS JOIN LATERAL (
            SELECT f.target_account_id AS id
            FROM follows f
            WHERE f.account_id = mine.id
            ORDER BY f.id DESC
            LIMIT 100
        ) AS theirs
        GROUP BY theirs.id
    ), popular AS (
        SELECT s.account_id AS id, 0::bigint AS friends
        FROM account_stats s
        CROSS JOIN LATERAL (SELECT * FROM accounts WHERE id = s.account_id OFFSET 0) a
        WHERE s.followers_count > 0 AND a.domain IS NULL AND a.is_discoverable
        ORDER BY s.followers_count DESC, s.account_id
        LIMIT 100
    ), candidates AS (
        SELECT id, max(friends) AS friends
        FROM (SELECT id, friends FROM met UNION ALL SELECT id, friends FROM popular) AS both_kinds
        GROUP BY id
    )
    SELECT a.id, c.friends
    FROM candidates c
    CROSS JOIN LATERAL (SELECT * FROM accounts WHERE id = c.id OFFSET 0) a
    LEFT JOIN LATERAL (SELECT * FROM account_stats WHERE account_id = c.id OFFSET 0) s ON true
    WHERE a.id <> $1 AND {_WELCOME}
      AND NOT EXISTS (SELECT 1 FROM follows f
                      WHERE f.account_id = $1 AND f.target_account_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM follow_requests r
                      WHERE r.account_id = $1 AND r.target_account_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM dismissed_suggestions x
                      WHERE x.account_id = $1 AND x.target_account_id = a.id)
    ORDER BY c.friends DESC, coalesce(s.followers_count, 0) DESC, a.id
    LIMIT $2
    OFFSET $3
"""


async def list_suggestions(
    tx: Reading, *, account_id: int, limit: int, offset: int
) -> list[tuple[int, int]]:
    """Whom this member could follow: ids, and how many it follows who follow them."""
    rows = await tx.fetch_all(LIST_SUGGESTIONS, account_id, limit, offset)
    return [(row["id"], row["friends"]) for row in rows]


INSERT_DISMISSED_SUGGESTION = """
    INSERT INTO dismissed_suggestions (account_id, target_account_id)
    SELECT $1, id FROM accounts WHERE id = $2
    ON CONFLICT DO NOTHING
"""


async def insert_dismissed_suggestion(tx: Transaction, *, account_id: int, target_id: int) -> None:
    """Never suggest this account to the member again."""
    await tx.execute(INSERT_DISMISSED_SUGGESTION, account_id, target_id)


LIST_FAMILIAR_FOLLOWERS = """
    SELECT wanted.id AS target_id, familiar.account_id
    FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted(id, place)
    JOIN accounts t ON t.id = wanted.id AND NOT t.hides_collections AND t.suspended_at IS NULL
    CROSS JOIN LATERAL (
        SELECT f.account_id, f.id
        FROM follows mine
        JOIN follows f ON f.account_id = mine.target_account_id AND f.target_account_id = t.id
        JOIN accounts a ON a.id = f.account_id
        WHERE mine.account_id = $1 AND NOT a.hides_collections
          AND a.suspended_at IS NULL AND a.deleted_at IS NULL
        ORDER BY f.id DESC
        LIMIT $3
    ) AS familiar
    ORDER BY wanted.place, familiar.id DESC
"""


async def list_familiar_followers(
    tx: Reading, *, account_id: int, target_ids: list[int], limit: int
) -> list[tuple[int, int]]:
    """(target, follower): followers of each target whom this account follows; `limit` for each."""
    rows = await tx.fetch_all(LIST_FAMILIAR_FOLLOWERS, account_id, target_ids, limit)
    return [(row["target_id"], row["account_id"]) for row in rows]
