"""Groups of a member's notifications."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.feeds.access.notifications import MOST_UNREAD
from watertower.feeds.errors import NotificationNotFound
from watertower.feeds.model import NotificationGroup
from watertower.feeds.queries.notification_groups import (
    count_unread_groups,
    find_group,
    list_accounts_of_group,
    list_groups,
)
from watertower.feeds.steps.notify import GROUPED


async def groups_for(
    ctx: Context,
    *,
    account_id: int,
    page: Page,
    grouped_kinds: Sequence[str] | None,
    kinds: Sequence[str] | None,
    without_kinds: Sequence[str] | None,
    from_account_id: int | None,
    with_filtered: bool,
) -> list[NotificationGroup]:
    """A page of groups, newest first. Only `grouped_kinds` are grouped; None: all that can be."""
    async with ctx.reading() as tx:
        return await list_groups(
            tx,
            account_id=account_id,
            page=page,
            grouped_kinds=_grouped(grouped_kinds),
            kinds=kinds,
            without_kinds=without_kinds,
            from_account_id=from_account_id,
            with_filtered=with_filtered,
        )


async def group_for(ctx: Context, *, account_id: int, key: str) -> NotificationGroup:
    """One group; NotificationNotFound if nothing is in it."""
    async with ctx.reading() as tx:
        found = await find_group(tx, account_id=account_id, key=key)
    if found is None:
        raise NotificationNotFound
    return found


async def people_of_group(
    ctx: Context, *, account_id: int, key: str, page: Page
) -> list[tuple[int, int]]:
    """Who caused a group: (account, id to page by)."""
    async with ctx.reading() as tx:
        return await list_accounts_of_group(tx, account_id=account_id, key=key, page=page)


async def unread_groups_of(
    ctx: Context,
    *,
    account_id: int,
    most: int,
    grouped_kinds: Sequence[str] | None,
    kinds: Sequence[str] | None,
    without_kinds: Sequence[str] | None,
    from_account_id: int | None,
) -> int:
    """How many groups have something above the marker, counted up to `most`."""
    async with ctx.reading() as tx:
        return await count_unread_groups(
            tx,
            account_id=account_id,
            most=min(most, MOST_UNREAD),
            grouped_kinds=_grouped(grouped_kinds),
            kinds=kinds,
            without_kinds=without_kinds,
            from_account_id=from_account_id,
        )


def _grouped(asked: Sequence[str] | None) -> list[str]:
    return sorted(GROUPED if asked is None else GROUPED.intersection(asked))
