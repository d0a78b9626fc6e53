"""Notifications: add and take away."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Transaction

# One statement, so that whether the member wants to hear of it is decided where it is written.
# Dropped: from oneself, blocked, muted, about a muted conversation, or by the member's policy.
# Filtered: kept aside by the policy, unless the member accepted this sender before.
INSERT_NOTIFICATIONS = """
    WITH told AS (
        SELECT w.account_id, w.subject_id, a.id AS from_account_id, s.id AS status_id,
               CASE
                   WHEN $4 IN ('poll', 'update', 'quoted_update', 'moderation_warning',
                               'severed_relationships', 'admin.sign_up', 'admin.report')
                        OR me.account_id = a.id
                        OR staff.account_id IS NOT NULL
                        OR EXISTS (
                            SELECT 1 FROM notification_permissions np
                            WHERE np.account_id = w.account_id AND np.from_account_id = a.id
                        )
                   THEN ARRAY['accept']
                   ELSE ARRAY[
                       CASE WHEN NOT k.is_following THEN p.for_not_following END,
                       CASE WHEN NOT k.is_old_follower THEN p.for_not_followers END,
                       CASE WHEN a.created_at > $7::timestamptz - interval '30 days'
                                 AND NOT k.is_following THEN p.for_new_accounts END,
                       CASE WHEN $4 = 'mention' AND s.visibility = 3 AND NOT k.is_following
                                 -- an answer to what one wrote to them privately is wanted;
                                 -- an answer to anything else is still a stranger's
                                 AND NOT EXISTS (
                                     SELECT 1 FROM statuses written
                                     JOIN mentions m ON m.status_id = written.id
                                                    AND m.account_id = a.id
                                     WHERE written.id = s.in_reply_to_id
                                       AND written.account_id = w.account_id
                                       AND written.visibility = 3
                                 )
                            THEN coalesce(p.for_private_mentions, 'filter') END,
                       CASE WHEN a.limited_at IS NOT NULL AND NOT k.is_following
                            THEN coalesce(p.for_limited_accounts, 'filter') END,
                       CASE WHEN a.is_bot AND NOT k.is_following THEN p.for_bots END
                   ]
               END AS verdicts
        FROM unnest($1::bigint[], $2::bigint[]) AS w(account_id, subject_id)
        JOIN logins me ON me.account_id = w.account_id
        JOIN accounts a ON a.id = $3
        LEFT JOIN statuses s ON s.id = $5
        LEFT JOIN notification_policies p ON p.account_id = w.account_id
        LEFT JOIN LATERAL (
            SELECT l.account_id
            FROM logins l
            JOIN roles r ON r.id = l.role_id
            WHERE l.account_id = a.id AND r.position > 0
        ) staff ON true
        CROSS JOIN LATERAL (
            SELECT EXISTS (
                       SELECT 1 FROM follows f
                       WHERE f.account_id = w.account_id AND f.target_account_id = a.id
                   ) AS is_following,
                   EXISTS (
                       SELECT 1 FROM follows f
                       WHERE f.account_id = a.id AND f.target_account_id = w.account_id
                         AND f.created_at < $7::timestamptz - interval '3 days'
                   ) AS is_old_follower
        ) k
        WHERE (w.account_id <> a.id
               OR $4 IN ('poll', 'severed_relationships', 'moderation_warning'))
          AND a.suspended_at IS NULL
          AND (s.id IS NULL OR s.deleted_at IS NULL)
          AND NOT EXISTS (
              SELECT 1 FROM blocks b
              WHERE b.account_id = w.account_id AND b.target_account_id = a.id
          )
          AND NOT EXISTS (
              SELECT 1 FROM mutes m
              WHERE m.account_id = w.account_id AND m.target_account_id = a.id
                AND m.hides_notifications
                AND (m.expires_at IS NULL OR m.expires_at > now())
          )
          AND (a.domain IS NULL OR k.is_following OR NOT EXISTS (
              SELECT 1 FROM domain_mutes d
              WHERE d.account_id = w.account_id AND d.domain = a.domain
          ))
          AND (s.id IS NULL OR $4 = 'poll' OR NOT EXISTS (
              SELECT 1 FROM conversation_mutes c
              WHERE c.account_id = w.account_id AND c.conversation_id = s.conversation_id
          ))
    )
    INSERT INTO notifications
        (account_id, from_account_id, kind, status_id, subject_id, group_key, is_filtered,
         created_at)
    SELECT account_id, from_account_id, $4, status_id, subject_id,
           coalesce($6, 'ungrouped-' || $4 || '-' || subject_id),
           coalesce('filter' = ANY(verdicts), false), $7
    FROM told
    WHERE NOT coalesce('drop' = ANY(verdicts), false)
    ON CONFLICT (account_id, kind, from_account_id, subject_id) DO NOTHING
    RETURNING id, account_id, is_filtered
"""


async def insert_notifications(
    tx: Transaction,
    *,
    accounts_and_subjects: Sequence[tuple[int, int]],
    from_account_id: int,
    kind: str,
    status_id: int | None,
    group_key: str | None,
    at: datetime,
) -> list[tuple[int, int, bool]]:
    """Notify local members; answers (id, account, whether it is kept aside) of the new ones.

    Those who were told already, or do not want to hear of it, are left out. A subject (the
    favourite's, boost's, follow's id) makes a notification one of its kind.
    """
    rows = await tx.fetch_all(
        INSERT_NOTIFICATIONS,
        [account_id for account_id, _ in accounts_and_subjects],
        [subject_id for _, subject_id in accounts_and_subjects],
        from_account_id,
        kind,
        status_id,
        group_key,
        at,
    )
    return [(row["id"], row["account_id"], row["is_filtered"]) for row in rows]


DELETE_NOTIFICATION = """
    DELETE FROM notifications
    WHERE account_id = $1 AND from_account_id = $2 AND kind = $3 AND subject_id = $4
"""


async def delete_notification(
    tx: Transaction, *, account_id: int, from_account_id: int, kind: str, subject_id: int
) -> int:
    """Take a notification away, because what it tells of was undone."""
    return await tx.execute(DELETE_NOTIFICATION, account_id, from_account_id, kind, subject_id)


DELETE_NOTIFICATIONS_FROM = """
    DELETE FROM notifications
    WHERE account_id = $1 AND from_account_id = $2 AND ($3::text[] IS NULL OR kind = ANY($3))
"""


async def delete_notifications_from(
    tx: Transaction, *, account_id: int, from_account_id: int, kinds: Sequence[str] | None = None
) -> int:
    """Take away what this sender told a member, of these kinds or of all."""
    return await tx.execute(
        DELETE_NOTIFICATIONS_FROM, account_id, from_account_id, kinds and list(kinds)
    )


DELETE_NOTIFICATIONS_ABOUT = """
    DELETE FROM notifications
    WHERE status_id = $1 AND ($2::text[] IS NULL OR kind = ANY($2))
"""


async def delete_notifications_about(
    tx: Transaction, *, status_id: int, kinds: Sequence[str] | None = None
) -> int:
    """Take away what was told about a status, of these kinds or of all."""
    return await tx.execute(DELETE_NOTIFICATIONS_ABOUT, status_id, kinds and list(kinds))


DELETE_OWN_NOTIFICATION = "DELETE FROM notifications WHERE account_id = $1 AND id = $2"


async def delete_own_notification(tx: Transaction, *, account_id: int, notification_id: int) -> int:
    """A member dismisses one notification."""
    return await tx.execute(DELETE_OWN_NOTIFICATION, account_id, notification_id)


DELETE_ALL_NOTIFICATIONS = "DELETE FROM notifications WHERE account_id = $1"


async def delete_all_notifications(tx: Transaction, *, account_id: int) -> int:
    """A member dismisses everything."""
    return await tx.execute(DELETE_ALL_NOTIFICATIONS, account_id)


LIST_LOCAL_MENTIONED = """
    SELECT m.id, m.account_id
    FROM mentions m
    JOIN logins l ON l.account_id = m.account_id
    WHERE m.status_id = $1 AND NOT m.is_silent
    ORDER BY m.id
"""


async def list_local_mentioned(tx: Transaction, *, status_id: int) -> list[tuple[int, int]]:
    """(account, mention) of the members whom a status mentions."""
    rows = await tx.fetch_all(LIST_LOCAL_MENTIONED, status_id)
    return [(row["account_id"], row["id"]) for row in rows]


LIST_WHO_WANT_STATUSES = """
    SELECT f.account_id
    FROM follows f
    JOIN logins l ON l.account_id = f.account_id
    JOIN statuses s ON s.id = $2 AND s.account_id = f.target_account_id
    WHERE f.target_account_id = $1
      AND f.notifies
      AND (f.languages IS NULL OR s.language IS NULL OR s.language = ANY(f.languages))
      AND (s.visibility < 3 OR EXISTS (
          SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = f.account_id
      ))
    ORDER BY f.id
    LIMIT 20000
"""


async def list_who_want_statuses(tx: Transaction, *, author_id: int, status_id: int) -> list[int]:
    """Members who asked to be told whenever this author posts."""
    rows = await tx.fetch_all(LIST_WHO_WANT_STATUSES, author_id, status_id)
    return [row["account_id"] for row in rows]


LIST_LOCAL_BOOSTERS = """
    SELECT s.account_id
    FROM statuses s
    JOIN logins l ON l.account_id = s.account_id
    WHERE s.reblog_of_id = $1 AND s.deleted_at IS NULL
    ORDER BY s.id
    LIMIT 20000
"""


async def list_local_boosters(tx: Transaction, *, status_id: int) -> list[int]:
    """Members who boosted a status."""
    rows = await tx.fetch_all(LIST_LOCAL_BOOSTERS, status_id)
    return [row["account_id"] for row in rows]


LIST_LOCAL_QUOTERS = """
    SELECT s.id, s.account_id
    FROM statuses s
    JOIN logins l ON l.account_id = s.account_id
    WHERE s.quoted_status_id = $1 AND s.deleted_at IS NULL
    ORDER BY s.id
    LIMIT 20000
"""


async def list_local_quoters(tx: Transaction, *, status_id: int) -> list[tuple[int, int]]:
    """(account, quoting status) of members who quoted a status."""
    rows = await tx.fetch_all(LIST_LOCAL_QUOTERS, status_id)
    return [(row["account_id"], row["id"]) for row in rows]


LIST_LOCAL_VOTERS = """
    SELECT p.account_id AS author_id, p.status_id, l.account_id
    FROM polls p
    JOIN statuses s ON s.id = p.status_id AND s.deleted_at IS NULL
    LEFT JOIN LATERAL (
        SELECT p.account_id
        UNION
        SELECT v.account_id FROM poll_votes v WHERE v.poll_id = p.id
    ) people ON true
    JOIN logins l ON l.account_id = people.account_id
    WHERE p.id = $1
    ORDER BY l.account_id
    LIMIT 50000
"""


async def list_local_voters(tx: Transaction, *, poll_id: int) -> list[tuple[int, int, int]]:
    """(author, status, member) for the members who voted in a poll or asked it."""
    rows = await tx.fetch_all(LIST_LOCAL_VOTERS, poll_id)
    return [(row["author_id"], row["status_id"], row["account_id"]) for row in rows]


DELETE_NOTIFICATIONS_OF_SERVER = """
    DELETE FROM notifications n
    USING accounts a
    WHERE n.account_id = $1 AND a.id = n.from_account_id AND a.domain = $2
"""


async def delete_notifications_of_server(tx: Transaction, *, account_id: int, domain: str) -> int:
    """Take away what people of one server told a member."""
    return await tx.execute(DELETE_NOTIFICATIONS_OF_SERVER, account_id, domain)


DELETE_ALL_FROM = "DELETE FROM notifications WHERE from_account_id = $1"


async def delete_all_from(tx: Transaction, *, from_account_id: int) -> int:
    """Take away everything that an account told anybody."""
    return await tx.execute(DELETE_ALL_FROM, from_account_id)
