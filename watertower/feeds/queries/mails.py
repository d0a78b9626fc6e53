"""What a mail about a notification says, and whether it may be sent at all."""

from watertower.accounts.queries.preferences import preferences_of
from watertower.base.db.transaction import Reading
from watertower.feeds.model import MailedNotification
from watertower.statuses.queries.visible import visible

# As the notified member sees the status now: a mail cannot be taken back.
_SEEN = visible("s", "author").replace("$1::bigint", "n.account_id").replace("$1", "n.account_id")

# Nothing for members who may not sign in, for what is kept aside, and for what is gone.
FIND_MAILED = f"""
    SELECT n.kind, n.account_id, me.username, l.email, l.settings, me.is_locked,
           greatest(l.last_active_at, (
               SELECT max(t.used_at) FROM oauth_tokens t
               WHERE t.login_id = l.id AND t.revoked_at IS NULL
           )) AS last_active_at,
           coalesce(nullif(who.display_name, ''), who.username) AS name,
           who.username || coalesce('@' || who.domain, '') AS handle, who.url AS profile_url,
           coalesce(s.url, s.uri) AS status_url, s.content_html, s.content_warning
    FROM notifications n
    JOIN accounts me ON me.id = n.account_id
    JOIN logins l ON l.account_id = me.id
    JOIN accounts who ON who.id = n.from_account_id
    LEFT JOIN statuses s ON s.id = n.status_id
    LEFT JOIN accounts author ON author.id = s.account_id
    WHERE n.id = $1 AND NOT n.is_filtered
      AND l.confirmed_at IS NOT NULL AND l.approved_at IS NOT NULL AND l.frozen_at IS NULL
      AND me.suspended_at IS NULL AND who.suspended_at IS NULL
      AND (n.status_id IS NULL OR {_SEEN})
"""


async def find_mailed(tx: Reading, *, notification_id: int) -> MailedNotification | None:
    """The notification as it would be mailed; None if it is gone or may not be."""
    row = await tx.fetch_one(FIND_MAILED, notification_id)
    if row is None:
        return None
    return MailedNotification(
        kind=row["kind"],
        account_id=row["account_id"],
        username=row["username"],
        email=row["email"],
        preferences=preferences_of(row["settings"], is_locked=row["is_locked"]),
        last_active_at=row["last_active_at"],
        name=row["name"],
        handle=row["handle"],
        profile_url=row["profile_url"],
        status_url=row["status_url"],
        content_html=row["content_html"] or "",
        content_warning=row["content_warning"] or "",
    )
