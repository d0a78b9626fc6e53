"""What a member does with private exchanges: mark as read or unread, take out of the list."""

from watertower.base.context import Context
from watertower.feeds.errors import ConversationNotFound
from watertower.feeds.model import InboxConversation
from watertower.feeds.queries.conversations import (
    delete_conversation,
    update_conversation_unread,
)


async def mark_conversation(
    ctx: Context, *, account_id: int, inbox_conversation_id: int, is_unread: bool
) -> InboxConversation:
    """Mark as read or unread."""
    async with ctx.transaction() as tx:
        found = await update_conversation_unread(
            tx,
            account_id=account_id,
            inbox_conversation_id=inbox_conversation_id,
            is_unread=is_unread,
        )
    if found is None:
        raise ConversationNotFound
    return found


async def remove_conversation(ctx: Context, *, account_id: int, inbox_conversation_id: int) -> None:
    """Take out of the list; a new status brings it back."""
    async with ctx.transaction() as tx:
        if not await delete_conversation(
            tx, account_id=account_id, inbox_conversation_id=inbox_conversation_id
        ):
            raise ConversationNotFound
