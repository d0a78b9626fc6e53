"""Forgets sessions, links, codes, failed sign-ins and sign-ups that are too old to matter."""

from datetime import timedelta

from watertower.accounts.queries.sweep import delete_never_confirmed, delete_old_secrets
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job

NEVER_CONFIRMED_LASTS = timedelta(days=7)  # then the name and the address are free again


@job(Lane.SCHEDULED)
async def forget_old_secrets(ctx: Context) -> None:
    """Run by the clock. Addresses (IP) of failed sign-ins are gone after a day."""
    async with ctx.transaction() as tx:
        await delete_old_secrets(tx, now=ctx.now())
        await delete_never_confirmed(tx, before=ctx.now() - NEVER_CONFIRMED_LASTS)
