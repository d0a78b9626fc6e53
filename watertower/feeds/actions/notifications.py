"""What a member does with notifications: dismiss, decide who may notify, let senders through."""

from collections.abc import Sequence
from dataclasses import replace

from watertower.base.context import Context
from watertower.base.live import publish
from watertower.feeds.model import NotificationPolicy
from watertower.feeds.queries.notification_groups import delete_group
from watertower.feeds.queries.notification_policies import (
    accept_requests,
    dismiss_requests,
    find_policy,
    upsert_policy,
)
from watertower.feeds.queries.notifications import (
    delete_all_notifications,
    delete_own_notification,
)


async def dismiss(ctx: Context, *, account_id: int, notification_id: int) -> None:
    """Remove one notification. One that is not there is no error: another app was faster."""
    async with ctx.transaction() as tx:
        await delete_own_notification(tx, account_id=account_id, notification_id=notification_id)


async def dismiss_group(ctx: Context, *, account_id: int, key: str) -> None:
    """Remove what is shown as one. Nothing being there is no error: another app was faster."""
    async with ctx.transaction() as tx:
        await delete_group(tx, account_id=account_id, key=key)


async def clear(ctx: Context, *, account_id: int) -> None:
    """Remove all notifications."""
    async with ctx.transaction() as tx:
        await delete_all_notifications(tx, account_id=account_id)


async def change_policy(
    ctx: Context, *, account_id: int, changes: dict[str, str]
) -> NotificationPolicy:
    """Change what becomes of notifications from strangers; names as in NotificationPolicy."""
    async with ctx.transaction() as tx:
        policy = replace(await find_policy(tx, account_id=account_id), **changes)
        await upsert_policy(tx, account_id=account_id, policy=policy)
    return policy


async def accept_senders(ctx: Context, *, account_id: int, from_account_ids: Sequence[int]) -> None:
    """Let senders through whose notifications were kept aside."""
    async with ctx.transaction() as tx:
        await accept_requests(tx, account_id=account_id, from_account_ids=from_account_ids)
        await publish(tx, "notifications_merged", account_id=account_id)


async def dismiss_senders(
    ctx: Context, *, account_id: int, from_account_ids: Sequence[int]
) -> None:
    """Throw away what is kept aside of these senders."""
    async with ctx.transaction() as tx:
        await dismiss_requests(tx, account_id=account_id, from_account_ids=from_account_ids)
