"""Dismiss a candidate of the friendly-federator analysis: it only coexists (W16)."""

from watertower.base.context import Context
from watertower.moderation.model.server_rules import FRIENDS_WITHIN
from watertower.moderation.queries.server_rules import update_passive
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import named_server


async def dismiss_friend(ctx: Context, *, actor_id: int, domain: str) -> None:
    """Not shown again for 90 days."""
    name = named_server(ctx, domain)
    async with ctx.transaction() as tx:
        await update_passive(tx, domain=name, until=ctx.now() + FRIENDS_WITHIN)
        await log(
            tx, at=ctx.now(), actor_id=actor_id, verb="find_passive", subject=("server", name)
        )
