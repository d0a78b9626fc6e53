"""What statuses do about the events of the rooms below."""

from watertower.base.context import Context
from watertower.base.live import publish
from watertower.base.queue.job import Lane, job
from watertower.statuses.queries.edits import touch_status
from watertower.statuses.queries.known import list_some_of_account
from watertower.statuses.queries.of_deleted import delete_kept, delete_some_favourites
from watertower.statuses.queries.withheld import let_go_of_account
from watertower.statuses.steps.remove import remove_status

CHUNK = 50


@job(Lane.LOCAL)
async def show_processed_media(ctx: Context, *, media_id: int, status_id: int | None) -> None:  # noqa: ARG001
    """An attachment looks different since now: so does the status that has it."""
    if status_id is None:
        return
    async with ctx.transaction() as tx:
        if await touch_status(tx, status_id=status_id):
            await publish(tx, "status.update", status_id=status_id)


@job(Lane.INGRESS)
async def forget_statuses_of_account(ctx: Context, *, account_id: int) -> None:
    """An account is no more: nor is what it wrote and boosted, and what staff kept of it.

    In small transactions, so that nobody waits; run again, it goes on where it stopped.
    """
    async with ctx.transaction() as tx:
        await let_go_of_account(tx, account_id=account_id)
    while True:
        async with ctx.transaction() as tx:
            statuses = await list_some_of_account(tx, account_id=account_id, most=CHUNK)
            for status in statuses:
                await remove_status(tx, ctx, status=status)
        if len(statuses) < CHUNK:
            return


@job(Lane.LOCAL)
async def forget_doings_of_member(ctx: Context, *, account_id: int) -> None:
    """A member was deleted: stars are taken back in small steps, bookmarks and plans go."""
    async with ctx.transaction() as tx:
        await delete_kept(tx, account_id=account_id)
    while True:
        async with ctx.transaction() as tx:
            gone = await delete_some_favourites(tx, account_id=account_id, most=CHUNK)
        if gone < CHUNK:
            return
