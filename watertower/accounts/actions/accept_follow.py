"""Accept a follow: the one who was asked says yes, here or by an Accept from its server."""

from watertower.accounts.queries.relations import lock_pair
from watertower.accounts.steps.accept import accept
from watertower.base.context import Context


async def accept_follow(ctx: Context, *, actor_id: int, target_id: int) -> bool:
    """The target accepts what the actor asked; False if the actor waits for nothing.

    `actor_id` is the follower, `target_id` decides: the caller has made sure that it did.
    """
    async with ctx.transaction() as tx:
        await lock_pair(tx, actor_id=actor_id, target_id=target_id)
        return await accept(tx, actor_id=actor_id, target_id=target_id, at=ctx.now())
