"""Mute a server: a member hides everything from there and parts with everybody on it."""

from watertower.accounts.domains import require_domain
from watertower.accounts.events import DomainMuted
from watertower.accounts.queries.domain_mutes import insert_domain_mute
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.events import record


async def mute_domain(ctx: Context, *, account_id: int, domain: str) -> None:
    """Hide the server; the follows end soon after. Twice is no error.

    Raises Invalid for what is no server's name, and for our own.
    """
    name = require_domain(domain)
    if name in {ctx.settings.server.domain, ctx.settings.server.web_domain}:
        problem = "is this server"
        raise Invalid(
            f"Validation failed: Domain {problem}", details={"domain": [("ERR_INVALID", problem)]}
        )
    async with ctx.transaction() as tx:
        if await insert_domain_mute(tx, account_id=account_id, domain=name, at=ctx.now()):
            await record(tx, DomainMuted(account_id=account_id, domain=name))
