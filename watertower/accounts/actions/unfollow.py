"""Unfollow: the follower ends its follow, or takes its request back."""

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.events import Unfollowed
from watertower.accounts.queries.relations import find_pair, lock_pair
from watertower.accounts.steps.part import end_follow
from watertower.base.context import Context
from watertower.base.events import record


async def unfollow(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """End it, whatever there was; nothing is no error. Raises AccountNotFound."""
    async with ctx.transaction() as tx:
        await lock_pair(tx, actor_id=actor_id, target_id=target_id)
        if await find_pair(tx, actor_id=actor_id, target_id=target_id) is None:
            raise AccountNotFound
        uri = await end_follow(tx, actor_id=actor_id, target_id=target_id)
        if uri is not None:
            await record(tx, Unfollowed(actor_id, target_id, uri))
