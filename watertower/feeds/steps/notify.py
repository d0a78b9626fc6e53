"""Notify a member: a row, and what carries it to open apps."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.live import publish
from watertower.feeds.events import NotificationMade
from watertower.feeds.queries.notifications import insert_notification

HOURS_IN_A_GROUP = 12
GROUPED = frozenset({"favourite", "reblog", "follow"})


async def notify(
    tx: Transaction,
    ctx: Context,
    *,
    account_id: int,
    from_account_id: int,
    kind: str,
    status_id: int | None,
    subject_id: int,
) -> None:
    """Notify a local member once; those elsewhere hear by federation. Running again is no error."""
    now = ctx.now()
    new_id = await insert_notification(
        tx,
        account_id=account_id,
        from_account_id=from_account_id,
        kind=kind,
        status_id=status_id,
        subject_id=subject_id,
        group_key=group_key(kind, status_id, subject_id, int(now.timestamp())),
        at=now,
    )
    if new_id is not None:
        await publish(tx, "notification", notification_id=new_id, account_id=account_id)
        await record(tx, NotificationMade(notification_id=new_id))


def group_key(kind: str, status_id: int | None, subject_id: int, now_seconds: int) -> str:
    """Notifications with the same key are shown as one: reactions to a post within half a day."""
    if kind not in GROUPED:
        return f"ungrouped-{kind}-{subject_id}"
    hours = now_seconds // 3600 // HOURS_IN_A_GROUP * HOURS_IN_A_GROUP
    return f"{kind}-{status_id or 0}-{hours}"
