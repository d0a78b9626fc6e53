"""Forgets sessions, links, codes, failed sign-ins and sign-ups that are too old to matter."""

from datetime import timedelta

from watertower.accounts.queries.email_blocks import delete_old_domain_attempts
from watertower.accounts.queries.ip_blocks import delete_expired_ip_blocks
from watertower.accounts.queries.recent_sign_ups import delete_old_proofs
from watertower.accounts.queries.sweep import delete_never_confirmed, delete_old_secrets
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job

NEVER_CONFIRMED_LASTS = timedelta(days=7)  # then the name and the address are free again
ATTEMPTS_LAST = timedelta(days=14)  # of blocked mail domains, with the networks they came from
ENDED_BLOCKS_LAST = timedelta(days=30)  # moderators still see what ended


@job(Lane.SCHEDULED)
async def forget_old_secrets(ctx: Context) -> None:
    """Run by the clock. Addresses (IP) of failed sign-ins are gone after a day."""
    async with ctx.transaction() as tx:
        await delete_old_secrets(tx, now=ctx.now())
        await delete_never_confirmed(tx, before=ctx.now() - NEVER_CONFIRMED_LASTS)
        await delete_old_proofs(tx, before=ctx.now())
        await delete_old_domain_attempts(tx, before=ctx.now().date() - ATTEMPTS_LAST)
        await delete_expired_ip_blocks(tx, before=ctx.now() - ENDED_BLOCKS_LAST)
