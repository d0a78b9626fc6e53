"""Private exchanges of a member."""

from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.feeds.errors import ConversationNotFound
from watertower.feeds.model import InboxConversation
from watertower.feeds.queries.conversations import find_conversation, list_conversations


async def conversations_for(
    ctx: Context, *, account_id: int, page: Page
) -> list[InboxConversation]:
    """A page of a member's conversations, by their last status."""
    async with ctx.reading() as tx:
        return await list_conversations(tx, account_id=account_id, page=page)


async def conversation_for(
    ctx: Context, *, account_id: int, inbox_conversation_id: int
) -> InboxConversation:
    """One conversation; ConversationNotFound if it is not this member's."""
    async with ctx.reading() as tx:
        found = await find_conversation(
            tx, account_id=account_id, inbox_conversation_id=inbox_conversation_id
        )
    if found is None:
        raise ConversationNotFound
    return found
