"""Forgets sessions, links, codes and failed sign-ins that are too old to matter."""

from watertower.accounts.queries.sweep import delete_old_secrets
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job


@job(Lane.SCHEDULED)
async def forget_old_secrets(ctx: Context) -> None:
    """Run by the clock. Addresses (IP) of failed sign-ins are gone after a day."""
    async with ctx.transaction() as tx:
        await delete_old_secrets(tx, now=ctx.now())
