"""Block: an account wants nothing to do with another.

From an app, or from another server whose member blocks one of ours.
"""

import secrets

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.events import Blocked, FollowRejected, Unfollowed
from watertower.accounts.queries.blocks import insert_block
from watertower.accounts.queries.relations import find_pair, lock_pair
from watertower.accounts.steps.part import end_follow
from watertower.base.context import Context
from watertower.base.events import record


async def block(ctx: Context, *, actor_id: int, target_id: int, uri: str | None = None) -> None:
    """Block, and end follows and requests in both directions. Twice, or oneself, is no error.

    `uri` is the id of the Block for an actor elsewhere. Raises AccountNotFound.
    """
    if actor_id == target_id:
        return
    async with ctx.transaction() as tx:
        await lock_pair(tx, actor_id=actor_id, target_id=target_id)
        pair = await find_pair(tx, actor_id=actor_id, target_id=target_id)
        if pair is None:
            raise AccountNotFound
        mine = await end_follow(tx, actor_id=actor_id, target_id=target_id)
        if mine is not None:
            await record(tx, Unfollowed(actor_id, target_id, mine))
        theirs = await end_follow(tx, actor_id=target_id, target_id=actor_id)
        if theirs is not None:
            await record(tx, FollowRejected(target_id, actor_id, theirs))
        uri = uri or f"{pair.actor_uri}#blocks/{secrets.token_hex(8)}"
        if await insert_block(tx, actor_id=actor_id, target_id=target_id, uri=uri, at=ctx.now()):
            await record(tx, Blocked(actor_id, target_id))
