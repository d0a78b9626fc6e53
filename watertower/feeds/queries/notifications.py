"""Notifications: add and take away."""

from datetime import datetime

from watertower.base.db.transaction import Transaction

# One statement, so that whether the member wants to hear of it is decided where it is written.
INSERT_NOTIFICATION = """
    INSERT INTO notifications
        (account_id, from_account_id, kind, status_id, subject_id, group_key, created_at)
    SELECT $1, $2, $3, $4, $5, $6, $7
    FROM logins l
    WHERE l.account_id = $1
      AND $1::bigint <> $2::bigint
      AND NOT EXISTS (SELECT 1 FROM blocks b
                      WHERE b.account_id = $1 AND b.target_account_id = $2)
      AND NOT EXISTS (SELECT 1 FROM mutes m
                      WHERE m.account_id = $1 AND m.target_account_id = $2
                        AND m.hides_notifications
                        AND (m.expires_at IS NULL OR m.expires_at > now()))
      AND NOT EXISTS (SELECT 1 FROM domain_mutes d JOIN accounts a ON a.domain = d.domain
                      WHERE d.account_id = $1 AND a.id = $2)
      AND NOT EXISTS (SELECT 1 FROM statuses s JOIN conversation_mutes c
                        ON c.conversation_id = s.conversation_id
                      WHERE s.id = $4 AND c.account_id = $1)
    ON CONFLICT (account_id, kind, from_account_id, subject_id) DO NOTHING
    RETURNING id
"""


async def insert_notification(
    tx: Transaction,
    *,
    account_id: int,
    from_account_id: int,
    kind: str,
    status_id: int | None,
    subject_id: int,
    group_key: str,
    at: datetime,
) -> int | None:
    """Notify a local member; None if it was told already or does not want to hear of it.

    `subject_id` (the favourite's, boost's, follow's id) makes the notification one of its kind.
    """
    found: int | None = await tx.fetch_value(
        INSERT_NOTIFICATION,
        account_id,
        from_account_id,
        kind,
        status_id,
        subject_id,
        group_key,
        at,
    )
    return found


DELETE_NOTIFICATION = """
    DELETE FROM notifications
    WHERE account_id = $1 AND from_account_id = $2 AND kind = $3 AND subject_id = $4
"""


async def delete_notification(
    tx: Transaction, *, account_id: int, from_account_id: int, kind: str, subject_id: int
) -> int:
    """Take a notification away, because what it tells of was undone."""
    return await tx.execute(DELETE_NOTIFICATION, account_id, from_account_id, kind, subject_id)
