"""Forget an account of another server that its owner deleted."""

from watertower.accounts.steps.purge import purge_copy
from watertower.base.context import Context


async def forget_account(ctx: Context, *, account_id: int) -> bool:
    """Take away its profile and ties at once; its statuses go by a reaction. False: done before."""
    async with ctx.transaction() as tx:
        return await purge_copy(tx, account_id=account_id, at=ctx.now())
