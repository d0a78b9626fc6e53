"""Notifications as a member reads them: lists, single ones, how many are new."""

from collections.abc import Sequence

from watertower.accounts.model import AccountLine
from watertower.base.db.transaction import Reading, Row
from watertower.base.paging import Page
from watertower.feeds.model import NotificationLine

# Who was muted, blocked or suspended since is hidden here; a limited mute may have ended.
SHOWN = """
      AND a.suspended_at IS NULL
      AND NOT EXISTS (
          SELECT 1 FROM mutes m
          WHERE m.account_id = $1 AND m.target_account_id = n.from_account_id
            AND m.hides_notifications AND (m.expires_at IS NULL OR m.expires_at > now())
      )
      AND NOT EXISTS (
          SELECT 1 FROM blocks b
          WHERE b.account_id = $1 AND b.target_account_id = n.from_account_id
      )
"""
COLUMNS = """
    n.id, n.kind, n.created_at, n.group_key, n.is_filtered, n.status_id, n.subject_id, n.from_account_id,
    a.version, coalesce(st.statuses_count, 0) AS statuses_count,
    coalesce(st.following_count, 0) AS following_count,
    coalesce(st.followers_count, 0) AS followers_count, st.last_status_at
"""
LIST_NOTIFICATIONS = f"""
    SELECT {COLUMNS}
    FROM notifications n
    JOIN accounts a ON a.id = n.from_account_id
    LEFT JOIN account_stats st ON st.account_id = n.from_account_id
    WHERE n.account_id = $1 AND n.id < $2 AND n.id > $3
      AND ($5::text[] IS NULL OR n.kind = ANY($5::text[]))
      AND ($6::text[] IS NULL OR n.kind <> ALL($6::text[]))
      AND ($7::bigint IS NULL OR n.from_account_id = $7)
      {SHOWN}
      AND NOT n.is_filtered
    ORDER BY n.id DESC
    LIMIT $4
"""
LIST_WITH_FILTERED = LIST_NOTIFICATIONS.replace("AND NOT n.is_filtered", "")


async def list_notifications(
    tx: Reading,
    *,
    account_id: int,
    page: Page,
    kinds: Sequence[str] | None = None,
    without_kinds: Sequence[str] | None = None,
    from_account_id: int | None = None,
    with_filtered: bool = False,
) -> list[NotificationLine]:
    """A page of a member's notifications, newest first."""
    sql = LIST_WITH_FILTERED if with_filtered else LIST_NOTIFICATIONS
    rows = await tx.fetch_all(
        sql.replace("DESC", "ASC") if page.upwards else sql,
        account_id,
        page.before_id,
        page.after_id,
        page.limit,
        kinds and list(kinds),
        without_kinds and list(without_kinds),
        from_account_id,
    )
    lines = [line_of(row) for row in rows]
    return lines[::-1] if page.upwards else lines


FIND_NOTIFICATION = f"""
    SELECT {COLUMNS}
    FROM notifications n
    JOIN accounts a ON a.id = n.from_account_id
    LEFT JOIN account_stats st ON st.account_id = n.from_account_id
    WHERE n.account_id = $1 AND n.id = $2
"""


async def find_notification(
    tx: Reading, *, account_id: int, notification_id: int
) -> NotificationLine | None:
    """A member's notification."""
    row = await tx.fetch_one(FIND_NOTIFICATION, account_id, notification_id)
    return None if row is None else line_of(row)


COUNT_UNREAD = f"""
    SELECT count(*)
    FROM (
        SELECT 1
        FROM notifications n
        JOIN accounts a ON a.id = n.from_account_id
        WHERE n.account_id = $1
          AND n.id > coalesce((
              SELECT last_read_id FROM markers
              WHERE account_id = $1 AND timeline = 'notifications'
          ), 0)
          AND ($3::text[] IS NULL OR n.kind = ANY($3::text[]))
          AND ($4::text[] IS NULL OR n.kind <> ALL($4::text[]))
          AND ($5::bigint IS NULL OR n.from_account_id = $5)
          {SHOWN}
          AND NOT n.is_filtered
        ORDER BY n.id DESC
        LIMIT $2
    ) unread
"""


async def count_unread(
    tx: Reading,
    *,
    account_id: int,
    most: int,
    kinds: Sequence[str] | None,
    without_kinds: Sequence[str] | None,
    from_account_id: int | None,
) -> int:
    """How many notifications stand above the member's marker, counted up to a limit."""
    found: int = await tx.fetch_value(
        COUNT_UNREAD,
        account_id,
        most,
        kinds and list(kinds),
        without_kinds and list(without_kinds),
        from_account_id,
    )
    return found


def line_of(row: Row) -> NotificationLine:
    """A row as a notification."""
    return NotificationLine(
        row["id"],
        row["kind"],
        row["created_at"],
        row["group_key"],
        row["is_filtered"],
        row["status_id"],
        AccountLine(
            row["from_account_id"],
            row["version"],
            row["statuses_count"],
            row["following_count"],
            row["followers_count"],
            row["last_status_at"],
        ),
        row["subject_id"],
    )
