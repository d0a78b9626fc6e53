"""Unblock: what was ended by the block does not come back."""

from watertower.accounts.events import Unblocked
from watertower.accounts.queries.blocks import delete_block
from watertower.accounts.queries.relations import lock_pair
from watertower.base.context import Context
from watertower.base.events import record


async def unblock(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """Take the block back; none is no error."""
    async with ctx.transaction() as tx:
        await lock_pair(tx, actor_id=actor_id, target_id=target_id)
        uri = await delete_block(tx, actor_id=actor_id, target_id=target_id)
        if uri is not None:
            await record(tx, Unblocked(actor_id, target_id, uri))
