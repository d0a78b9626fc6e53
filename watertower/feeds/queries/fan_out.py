"""Fan-out on write: one statement puts a status into the homes of many followers.

Why on write: docs/decisions/fan-out.md. Every statement may run twice; the second time it
changes nothing.
"""

from datetime import datetime

from watertower.base.db.transaction import Transaction

# What keeps a status out of a home. `f` follows the author of `s`; `o` is what was boosted.
# Mutes and blocks are looked at again when the home is read: here they only save rows.
_FITS = """
      AND (s.reblog_of_id IS NULL OR f.shows_reblogs)
      AND (f.languages IS NULL OR s.language IS NULL OR s.language = ANY(f.languages))
      AND (
          s.in_reply_to_id IS NULL
          OR s.in_reply_to_account_id = s.account_id
          OR s.in_reply_to_account_id = f.account_id
          OR EXISTS (
              SELECT 1 FROM follows other
              WHERE other.account_id = f.account_id
                AND other.target_account_id = s.in_reply_to_account_id
          )
      )
      AND (s.visibility < 3 OR EXISTS (
          SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = f.account_id
      ))
      AND NOT EXISTS (
          SELECT 1
          FROM list_accounts la
          JOIN lists li ON li.id = la.list_id
          WHERE la.account_id = s.account_id AND li.account_id = f.account_id AND li.is_exclusive
      )
      AND NOT EXISTS (
          SELECT 1 FROM mutes mu
          WHERE mu.account_id = f.account_id
            AND mu.target_account_id IN (s.account_id, o.account_id)
            AND (mu.expires_at IS NULL OR mu.expires_at > now())
      )
      AND (s.reblog_of_id IS NULL OR NOT EXISTS (
          SELECT 1 FROM blocks b
          WHERE (b.account_id = f.account_id AND b.target_account_id = o.account_id)
             OR (b.account_id = o.account_id AND b.target_account_id = f.account_id)
      ))
"""

INSERT_HOMES = f"""
    WITH chunk AS (
        SELECT f.id, f.account_id, f.shows_reblogs, f.languages
        FROM follows f
        WHERE f.target_account_id = (SELECT account_id FROM statuses WHERE id = $1) AND f.id > $2
        ORDER BY f.id
        LIMIT $3
    ), added AS (
        INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id)
        SELECT f.account_id, s.id, s.account_id, s.reblog_of_id
        FROM statuses s
        LEFT JOIN statuses o ON o.id = s.reblog_of_id
        CROSS JOIN chunk f
        JOIN logins l ON l.account_id = f.account_id
        WHERE s.id = $1
          AND s.deleted_at IS NULL
          AND l.last_active_at > $4
          {_FITS}
          AND (s.reblog_of_id IS NULL OR NOT EXISTS (
              SELECT 1
              FROM (
                  SELECT h.status_id, h.reblog_of_id
                  FROM home_feed h
                  WHERE h.account_id = f.account_id
                  ORDER BY h.status_id DESC
                  LIMIT 40
              ) newest
              WHERE newest.status_id = s.reblog_of_id OR newest.reblog_of_id = s.reblog_of_id
          ))
        ON CONFLICT DO NOTHING
    )
    SELECT CASE WHEN count(*) = $3 THEN max(id) END FROM chunk
"""


async def insert_homes(
    tx: Transaction, *, status_id: int, after_follow_id: int, followers: int, away_since: datetime
) -> int | None:
    """Put a status into the homes of the next followers of its author.

    Answers the follow to go on after, None if these were the last.
    """
    last: int | None = await tx.fetch_value(
        INSERT_HOMES, status_id, after_follow_id, followers, away_since
    )
    return last


INSERT_HOMES_OF_TAG_FOLLOWERS = """
    INSERT INTO home_feed (account_id, status_id, author_id)
    SELECT DISTINCT tf.account_id, s.id, s.account_id
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    JOIN status_tags st ON st.status_id = s.id
    JOIN tag_follows tf ON tf.tag_id = st.tag_id
    JOIN logins l ON l.account_id = tf.account_id
    WHERE s.id = $1
      AND s.visibility = 0
      AND s.reblog_of_id IS NULL
      AND s.deleted_at IS NULL
      AND a.limited_at IS NULL
      AND a.suspended_at IS NULL
      AND l.last_active_at > $2
      AND (l.chosen_languages IS NULL OR s.language IS NULL
           OR s.language = ANY(l.chosen_languages))
      AND NOT EXISTS (
          SELECT 1 FROM mutes mu
          WHERE mu.account_id = tf.account_id AND mu.target_account_id = s.account_id
            AND (mu.expires_at IS NULL OR mu.expires_at > now())
      )
      AND NOT EXISTS (
          SELECT 1 FROM blocks b
          WHERE (b.account_id = tf.account_id AND b.target_account_id = s.account_id)
             OR (b.account_id = s.account_id AND b.target_account_id = tf.account_id)
      )
      AND NOT EXISTS (
          SELECT 1 FROM domain_mutes d
          WHERE d.account_id = tf.account_id AND d.domain = a.domain
      )
    ON CONFLICT DO NOTHING
"""


async def insert_homes_of_tag_followers(
    tx: Transaction, *, status_id: int, away_since: datetime
) -> int:
    """Put a public status into the homes of those who follow one of its tags."""
    return await tx.execute(INSERT_HOMES_OF_TAG_FOLLOWERS, status_id, away_since)


# The newest of each followed account; $2 NULL: of all of them.
INSERT_BACKFILL = f"""
    INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id)
    SELECT f.account_id, found.id, found.account_id, found.reblog_of_id
    FROM follows f
    CROSS JOIN LATERAL (
        SELECT s.id, s.account_id, s.reblog_of_id
        FROM statuses s
        LEFT JOIN statuses o ON o.id = s.reblog_of_id
        WHERE s.account_id = f.target_account_id
          AND s.deleted_at IS NULL
          {_FITS}
        ORDER BY s.id DESC
        LIMIT $3
    ) found
    WHERE f.account_id = $1 AND ($2::bigint IS NULL OR f.target_account_id = $2)
      AND (found.reblog_of_id IS NULL OR NOT EXISTS (
          SELECT 1 FROM home_feed h
          WHERE h.account_id = f.account_id
            AND (h.status_id = found.reblog_of_id OR h.reblog_of_id = found.reblog_of_id)
      ))
    ORDER BY found.id DESC
    LIMIT $4
    ON CONFLICT DO NOTHING
"""


async def insert_backfill(
    tx: Transaction, *, account_id: int, author_id: int | None, of_each: int, of_all: int
) -> int:
    """Put what was posted lately by one followed account, or by all, into a home."""
    return await tx.execute(INSERT_BACKFILL, account_id, author_id, of_each, of_all)


INSERT_OWN_BACKFILL = """
    INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id)
    SELECT s.account_id, s.id, s.account_id, s.reblog_of_id
    FROM statuses s
    WHERE s.account_id = $1 AND s.deleted_at IS NULL
    ORDER BY s.id DESC
    LIMIT $2
    ON CONFLICT DO NOTHING
"""


async def insert_own_backfill(tx: Transaction, *, account_id: int, of_each: int) -> int:
    """Put a member's own newest statuses into their home."""
    return await tx.execute(INSERT_OWN_BACKFILL, account_id, of_each)
