"""Unmute a server: a member wants to read it again. Follows do not come back."""

from watertower.accounts.domains import domain_name
from watertower.accounts.queries.domain_mutes import delete_domain_mute
from watertower.base.context import Context


async def unmute_domain(ctx: Context, *, account_id: int, domain: str) -> None:
    """Show the server again; what was not hidden is no error."""
    name = domain_name(domain)
    if name is not None:
        async with ctx.transaction() as tx:
            await delete_domain_mute(tx, account_id=account_id, domain=name)
