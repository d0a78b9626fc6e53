"""The allow list: servers that we talk to where federation is limited to such servers."""

from watertower.accounts.queries.server_policies import find_policy
from watertower.accounts.servers import Policy
from watertower.accounts.steps.servers import allow_server, disallow_server
from watertower.base.context import Context
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import named_server


async def allow(ctx: Context, *, actor_id: int | None, domain: str) -> Policy:
    """Put a server on the list; twice is no error. Raises WrongDomain, OwnServer."""
    name = named_server(ctx, domain)
    async with ctx.transaction() as tx:
        before = await find_policy(tx, domain=name)
        policy = await allow_server(tx, domain=name, at=ctx.now())
        if before is None or before.allow_id is None:
            await log(
                tx, at=ctx.now(), actor_id=actor_id, verb="allow_server", subject=("server", name)
            )
    return policy


async def disallow(ctx: Context, *, actor_id: int | None, domain: str) -> bool:
    """Take a server off the list; False if it was not on it."""
    async with ctx.transaction() as tx:
        if not await disallow_server(tx, domain=domain):
            return False
        await log(
            tx, at=ctx.now(), actor_id=actor_id, verb="disallow_server", subject=("server", domain)
        )
    return True
