"""Unmute: a member wants to read somebody again."""

from watertower.accounts.events import Unmuted
from watertower.accounts.queries.mutes import delete_mute
from watertower.base.context import Context
from watertower.base.events import record


async def unmute(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """Take the mute back; none is no error."""
    async with ctx.transaction() as tx:
        if await delete_mute(tx, actor_id=actor_id, target_id=target_id):
            await record(tx, Unmuted(actor_id, target_id))
