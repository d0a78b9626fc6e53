"""Forget an account of another server that its owner deleted."""

from watertower.accounts.events import AccountForgotten
from watertower.accounts.queries.pictures import list_copies
from watertower.accounts.queries.remembered import empty_remote_account
from watertower.base.context import Context
from watertower.base.events import record
from watertower.media.jobs.delete_files import delete_files


async def forget_account(ctx: Context, *, account_id: int) -> bool:
    """Take away its profile and ties at once; its statuses go by a reaction. False: done before."""
    async with ctx.transaction() as tx:
        copies = await list_copies(tx, account_id=account_id)
        is_gone = await empty_remote_account(tx, account_id=account_id, at=ctx.now())
        if is_gone:
            await record(tx, AccountForgotten(account_id=account_id))
            if copies:
                tx.enqueue(delete_files.queued(keys=copies))
    return is_gone
