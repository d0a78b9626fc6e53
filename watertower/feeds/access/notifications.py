"""Notifications of a member."""

from collections.abc import Mapping, Sequence

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.feeds.errors import NotificationNotFound
from watertower.feeds.model import NotificationLine, NotificationPolicy, NotificationRequest
from watertower.feeds.queries.notification_lines import (
    count_unread,
    find_notification,
    list_notifications,
)
from watertower.feeds.queries.notification_policies import (
    count_filtered,
    find_policy,
    find_request,
    list_requests,
)

MOST_UNREAD = 1000


async def notifications_for(
    ctx: Context,
    *,
    account_id: int,
    page: Page,
    kinds: Sequence[str] | None,
    without_kinds: Sequence[str] | None,
    from_account_id: int | None,
    with_filtered: bool,
) -> list[NotificationLine]:
    """A page of a member's notifications, newest first; one query."""
    async with ctx.reading() as tx:
        return await list_notifications(
            tx,
            account_id=account_id,
            page=page,
            kinds=kinds,
            without_kinds=without_kinds,
            from_account_id=from_account_id,
            with_filtered=with_filtered,
        )


async def notification_for(
    ctx: Context, *, account_id: int, notification_id: int
) -> NotificationLine:
    """One notification; NotificationNotFound if it is not this member's."""
    async with ctx.reading() as tx:
        found = await find_notification(tx, account_id=account_id, notification_id=notification_id)
    if found is None:
        raise NotificationNotFound
    return found


async def unread_of(
    ctx: Context,
    *,
    account_id: int,
    most: int,
    kinds: Sequence[str] | None,
    without_kinds: Sequence[str] | None,
    from_account_id: int | None,
) -> int:
    """How many notifications stand above the marker, counted up to `most`."""
    async with ctx.reading() as tx:
        return await count_unread(
            tx,
            account_id=account_id,
            most=min(most, MOST_UNREAD),
            kinds=kinds,
            without_kinds=without_kinds,
            from_account_id=from_account_id,
        )


async def policy_of(
    ctx: Context, *, account_id: int
) -> tuple[NotificationPolicy, Mapping[str, int]]:
    """The member's policy, and how many senders and notifications it keeps aside."""
    async with ctx.reading() as tx:
        policy = await find_policy(tx, account_id=account_id)
        return policy, await count_filtered(tx, account_id=account_id)


async def requests_for(ctx: Context, *, account_id: int, page: Page) -> list[NotificationRequest]:
    """A page of senders whose notifications are kept aside."""
    async with ctx.reading() as tx:
        return await list_requests(tx, account_id=account_id, page=page)


async def request_for(
    ctx: Context, *, account_id: int, from_account_id: int
) -> NotificationRequest:
    """What is kept aside of one sender; NotificationNotFound if nothing is."""
    async with ctx.reading() as tx:
        found = await find_request(tx, account_id=account_id, from_account_id=from_account_id)
    if found is None:
        raise NotificationNotFound
    return found
