"""Follows, mutes and blocks: what comes into a home, what leaves it, who is told."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.queries.conversations import delete_conversations_with
from watertower.feeds.queries.fan_out import insert_backfill, insert_own_backfill
from watertower.feeds.queries.forget import delete_of_member
from watertower.feeds.queries.home import delete_author_from_home, delete_server_from_home
from watertower.feeds.queries.lists import delete_from_all_lists, delete_from_lists_of
from watertower.feeds.queries.notifications import (
    delete_all_from,
    delete_notifications_from,
    delete_notifications_of_server,
)
from watertower.feeds.rules import BACKFILL_OF_ALL, BACKFILL_OF_ONE
from watertower.feeds.steps.notify import notify


@job(Lane.LOCAL)
async def notify_of_follow_request(
    ctx: Context, *, follow_request_id: int, actor_id: int, target_id: int
) -> None:
    """Tell a member that somebody asks to follow."""
    async with ctx.transaction() as tx:
        await notify(
            tx,
            ctx,
            account_id=target_id,
            from_account_id=actor_id,
            kind="follow_request",
            status_id=None,
            subject_id=follow_request_id,
        )


@job(Lane.LOCAL)
async def welcome_follow(ctx: Context, *, follow_id: int, actor_id: int, target_id: int) -> None:
    """A follow began: bring what was posted lately into the home, and tell who is followed."""
    async with ctx.transaction() as tx:
        await insert_backfill(
            tx,
            account_id=actor_id,
            author_id=target_id,
            of_each=BACKFILL_OF_ONE,
            of_all=BACKFILL_OF_ONE,
        )
        # The request has been answered: the follow takes its place.
        await delete_notifications_from(
            tx, account_id=target_id, from_account_id=actor_id, kinds=["follow_request"]
        )
        await notify(
            tx,
            ctx,
            account_id=target_id,
            from_account_id=actor_id,
            kind="follow",
            status_id=None,
            subject_id=follow_id,
        )


@job(Lane.LOCAL)
async def forget_follow(ctx: Context, *, actor_id: int, target_id: int, uri: str) -> None:  # noqa: ARG001
    """A follow or the wish for one ended: out of the home and of lists; the notification goes."""
    async with ctx.transaction() as tx:
        await delete_author_from_home(tx, account_id=actor_id, author_id=target_id)
        await delete_from_lists_of(tx, owner_id=actor_id, account_id=target_id)
        await delete_notifications_from(
            tx,
            account_id=target_id,
            from_account_id=actor_id,
            kinds=["follow", "follow_request"],
        )


@job(Lane.LOCAL)
async def forget_muted(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """A member muted somebody: out of the home. Reading hides the rest while the mute lasts."""
    async with ctx.transaction() as tx:
        await delete_author_from_home(tx, account_id=actor_id, author_id=target_id)


@job(Lane.LOCAL)
async def restore_unmuted(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """A mute ended: what was posted lately comes back, if the follow is still there."""
    async with ctx.transaction() as tx:
        await insert_backfill(
            tx,
            account_id=actor_id,
            author_id=target_id,
            of_each=BACKFILL_OF_ONE,
            of_all=BACKFILL_OF_ONE,
        )


@job(Lane.LOCAL)
async def forget_blocked(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """A block parts two accounts: homes and lists of both, and what the blocked one told."""
    async with ctx.transaction() as tx:
        for owner_id, other_id in ((actor_id, target_id), (target_id, actor_id)):
            await delete_author_from_home(tx, account_id=owner_id, author_id=other_id)
            await delete_from_lists_of(tx, owner_id=owner_id, account_id=other_id)
        await delete_notifications_from(tx, account_id=actor_id, from_account_id=target_id)
        await delete_notifications_from(
            tx, account_id=target_id, from_account_id=actor_id, kinds=["follow", "follow_request"]
        )
        await delete_conversations_with(tx, account_id=actor_id, other_id=target_id)


@job(Lane.LOCAL)
async def rebuild_home(ctx: Context, *, account_id: int) -> None:
    """A member is back after a long time, or here for the first: fill the home."""
    async with ctx.transaction() as tx:
        await insert_own_backfill(tx, account_id=account_id, of_each=BACKFILL_OF_ONE)
        await insert_backfill(
            tx,
            account_id=account_id,
            author_id=None,
            of_each=BACKFILL_OF_ONE,
            of_all=BACKFILL_OF_ALL,
        )


@job(Lane.LOCAL)
async def forget_server(ctx: Context, *, account_id: int, domain: str) -> None:
    """A member hid a server: what its people posted leaves the home, what they told goes."""
    async with ctx.transaction() as tx:
        await delete_server_from_home(tx, account_id=account_id, domain=domain)
        await delete_notifications_of_server(tx, account_id=account_id, domain=domain)


@job(Lane.LOCAL)
async def forget_account(ctx: Context, *, account_id: int) -> None:
    """An account is gone: what it told and its places in lists go. Its statuses are forgotten apart."""
    async with ctx.transaction() as tx:
        await delete_all_from(tx, from_account_id=account_id)
        await delete_from_all_lists(tx, account_id=account_id)


@job(Lane.LOCAL)
async def forget_member(ctx: Context, *, account_id: int) -> None:
    """A member was deleted: the home, lists, filters and all else that was kept for it goes."""
    async with ctx.transaction() as tx:
        await delete_of_member(tx, account_id=account_id)
