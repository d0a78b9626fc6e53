"""Mute a conversation: a member wants to hear no more of a thread."""

from watertower.base.context import Context
from watertower.statuses.access.statuses import status_for
from watertower.statuses.queries.conversation_mutes import (
    delete_conversation_mute,
    insert_conversation_mute,
)


async def mute_conversation(ctx: Context, *, actor_id: int, status_id: int) -> None:
    """No more notifications from the status's thread. Raises StatusNotFound."""
    async with ctx.transaction() as tx:
        status = await status_for(tx, viewer_id=actor_id, status_id=status_id)
        await insert_conversation_mute(
            tx, account_id=actor_id, conversation_id=status.conversation_id
        )


async def unmute_conversation(ctx: Context, *, actor_id: int, status_id: int) -> None:
    """Notifications from the status's thread again. Raises StatusNotFound."""
    async with ctx.transaction() as tx:
        status = await status_for(tx, viewer_id=actor_id, status_id=status_id)
        await delete_conversation_mute(
            tx, account_id=actor_id, conversation_id=status.conversation_id
        )
