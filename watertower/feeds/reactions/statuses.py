"""Statuses that come, change, are boosted and end: who is told."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.live import publish
from watertower.base.queue.job import Lane, job
from watertower.feeds.queries.conversations import delete_status_from_conversations
from watertower.feeds.queries.home import delete_status_from_homes
from watertower.feeds.queries.notifications import (
    delete_notification,
    delete_notifications_about,
    list_local_boosters,
    list_local_mentioned,
    list_local_quoters,
    list_local_voters,
    list_who_want_statuses,
)
from watertower.feeds.steps.notify import notify, notify_all
from watertower.statuses.queries.faces import find_status
from watertower.statuses.queries.seen import find_visible_status


@job(Lane.LOCAL)
async def notify_of_status(ctx: Context, *, status_id: int) -> None:
    """Tell those mentioned, the author of what is quoted, and who asked to hear of each post."""
    async with ctx.transaction() as tx:
        status = await find_status(tx, status_id=status_id)
        if status is None or status.reblog_of_id is not None:
            return
        author_id = status.account_id
        mentioned = await list_local_mentioned(tx, status_id=status_id)
        await notify_all(
            tx,
            ctx,
            accounts_and_subjects=mentioned,
            from_account_id=author_id,
            kind="mention",
            status_id=status_id,
        )
        if status.in_reply_to_id is None or status.in_reply_to_account_id == author_id:
            wanting = await list_who_want_statuses(tx, author_id=author_id, status_id=status_id)
            await notify_all(
                tx,
                ctx,
                accounts_and_subjects=[(account_id, status_id) for account_id in wanting],
                from_account_id=author_id,
                kind="status",
                status_id=status_id,
            )
        if status.quoted_status_id is not None:
            quoted = await find_status(tx, status_id=status.quoted_status_id)
            if quoted is not None and await _may_read(tx, quoted.account_id, status_id):
                await notify(
                    tx,
                    ctx,
                    account_id=quoted.account_id,
                    from_account_id=author_id,
                    kind="quote",
                    status_id=status_id,
                    subject_id=status_id,
                )


async def _may_read(tx: Transaction, account_id: int, status_id: int) -> bool:
    """A quote may be in private: then it is nothing to the author of what it quotes."""
    found = await find_visible_status(tx, viewer_id=account_id, status_id=status_id)
    return found is not None


@job(Lane.LOCAL)
async def notify_of_boost(ctx: Context, *, status_id: int, reblog_of_id: int) -> None:
    """Tell the author of what was boosted."""
    async with ctx.transaction() as tx:
        boost = await find_status(tx, status_id=status_id)
        original = await find_status(tx, status_id=reblog_of_id)
        if boost is None or original is None:
            return
        await notify(
            tx,
            ctx,
            account_id=original.account_id,
            from_account_id=boost.account_id,
            kind="reblog",
            status_id=reblog_of_id,
            subject_id=status_id,
        )


@job(Lane.LOCAL)
async def forget_boost(
    ctx: Context, *, status_id: int, reblog_of_id: int, actor_id: int, **_: object
) -> None:
    """A boost was taken back: out of the homes, and its notification goes."""
    async with ctx.transaction() as tx:
        original = await find_status(tx, status_id=reblog_of_id)
        if original is not None:
            await delete_notification(
                tx,
                account_id=original.account_id,
                from_account_id=actor_id,
                kind="reblog",
                subject_id=status_id,
            )
        await delete_status_from_homes(tx, status_id=status_id, author_id=actor_id)
        await publish(tx, "delete", status_id=status_id, account_id=actor_id)


@job(Lane.LOCAL)
async def notify_of_edit(ctx: Context, *, status_id: int) -> None:
    """Tell who is looking, who boosted or quoted it, and who is mentioned since now.

    Each edit is told anew: the notification of the one before is replaced.
    """
    async with ctx.transaction() as tx:
        status = await find_status(tx, status_id=status_id)
        if status is None:
            return
        await publish(tx, "status.update", status_id=status_id)
        author_id = status.account_id
        await notify_all(
            tx,
            ctx,
            accounts_and_subjects=await list_local_mentioned(tx, status_id=status_id),
            from_account_id=author_id,
            kind="mention",
            status_id=status_id,
        )
        await delete_notifications_about(tx, status_id=status_id, kinds=["update"])
        boosters = await list_local_boosters(tx, status_id=status_id)
        await notify_all(
            tx,
            ctx,
            accounts_and_subjects=[(account_id, status_id) for account_id in boosters],
            from_account_id=author_id,
            kind="update",
            status_id=status_id,
        )
        for account_id, quoting_id in await list_local_quoters(tx, status_id=status_id):
            await delete_notifications_about(tx, status_id=quoting_id, kinds=["quoted_update"])
            await notify(
                tx,
                ctx,
                account_id=account_id,
                from_account_id=author_id,
                kind="quoted_update",
                status_id=quoting_id,
                subject_id=quoting_id,
            )


@job(Lane.LOCAL)
async def notify_of_poll_end(ctx: Context, *, poll_id: int) -> None:
    """Tell who asked and who voted that the poll is over."""
    async with ctx.transaction() as tx:
        people = await list_local_voters(tx, poll_id=poll_id)
        if not people:
            return
        author_id, status_id, _ = people[0]
        await notify_all(
            tx,
            ctx,
            accounts_and_subjects=[(account_id, poll_id) for _, _, account_id in people],
            from_account_id=author_id,
            kind="poll",
            status_id=status_id,
        )
        await publish(tx, "status.update", status_id=status_id)


@job(Lane.LOCAL)
async def forget_status(ctx: Context, *, status_id: int, account_id: int, **_: object) -> None:
    """A status was deleted: out of homes, notifications and conversations."""
    async with ctx.transaction() as tx:
        await delete_notifications_about(tx, status_id=status_id)
        await delete_status_from_conversations(tx, status_id=status_id)
        await delete_status_from_homes(tx, status_id=status_id, author_id=account_id)
        await publish(tx, "delete", status_id=status_id, account_id=account_id)


@job(Lane.LOCAL)
async def hide_status(ctx: Context, *, status_id: int, account_id: int, **_: object) -> None:
    """Staff withheld a status: open apps forget it. Homes and notifications keep their place."""
    async with ctx.transaction() as tx:
        await publish(tx, "delete", status_id=status_id, account_id=account_id)


@job(Lane.LOCAL)
async def show_status_anew(ctx: Context, *, status_id: int) -> None:
    """What staff changed about a status shows in open apps."""
    async with ctx.transaction() as tx:
        await publish(tx, "status.update", status_id=status_id)
