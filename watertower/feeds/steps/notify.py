"""Notify members: rows, and what carries them to open apps."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.live import publish
from watertower.feeds.events import NotificationMade
from watertower.feeds.queries.notifications import insert_notifications

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
    await notify_all(
        tx,
        ctx,
        accounts_and_subjects=[(account_id, subject_id)],
        from_account_id=from_account_id,
        kind=kind,
        status_id=status_id,
    )


async def notify_all(
    tx: Transaction,
    ctx: Context,
    *,
    accounts_and_subjects: Sequence[tuple[int, int]],
    from_account_id: int,
    kind: str,
    status_id: int | None,
) -> None:
    """Notify several members of one thing, each once. What is kept aside makes no noise."""
    if not accounts_and_subjects:
        return
    now = ctx.now()
    new = await insert_notifications(
        tx,
        accounts_and_subjects=accounts_and_subjects,
        from_account_id=from_account_id,
        kind=kind,
        status_id=status_id,
        group_key=group_key(kind, status_id, int(now.timestamp())),
        at=now,
    )
    for notification_id, account_id, is_filtered in new:
        if not is_filtered:
            await publish(
                tx, "notification", notification_id=notification_id, account_id=account_id
            )
            await record(tx, NotificationMade(notification_id=notification_id))


def group_key(kind: str, status_id: int | None, now_seconds: int) -> str | None:
    """Notifications with the same key are shown as one: reactions to a post within half a day.

    None for kinds that stand alone.
    """
    if kind not in GROUPED:
        return None
    hours = now_seconds // 3600 // HOURS_IN_A_GROUP * HOURS_IN_A_GROUP
    return f"{kind}-{status_id or 0}-{hours}"
