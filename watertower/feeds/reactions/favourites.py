"""Stars: tell the author, and take it back."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.queries.notifications import delete_notification
from watertower.feeds.steps.notify import notify
from watertower.statuses.queries.faces import find_status


@job(Lane.LOCAL)
async def notify_of_favourite(
    ctx: Context, *, status_id: int, actor_id: int, favourite_id: int
) -> None:
    """Tell the author of a starred status."""
    async with ctx.transaction() as tx:
        status = await find_status(tx, status_id=status_id)
        if status is None:
            return
        await notify(
            tx,
            ctx,
            account_id=status.account_id,
            from_account_id=actor_id,
            kind="favourite",
            status_id=status_id,
            subject_id=favourite_id,
        )


@job(Lane.LOCAL)
async def unnotify_of_favourite(
    ctx: Context, *, status_id: int, actor_id: int, favourite_id: int
) -> None:
    """Take the notification of a star back."""
    async with ctx.transaction() as tx:
        status = await find_status(tx, status_id=status_id)
        if status is not None:
            await delete_notification(
                tx,
                account_id=status.account_id,
                from_account_id=actor_id,
                kind="favourite",
                subject_id=favourite_id,
            )
