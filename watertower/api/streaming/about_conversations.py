"""Private exchanges: who has one open hears of what is new in it."""

from watertower.api.shapes.conversation import render_conversations
from watertower.api.streaming.hub import Hub, Told
from watertower.api.streaming.messages import Message, text_of
from watertower.api.streaming.streams import DIRECT
from watertower.base.errors import NotFound
from watertower.base.live import LiveEvent
from watertower.feeds.access.conversations import conversation_for


async def tell_of_conversation(hub: Hub, event: LiveEvent) -> list[Told]:
    """`conversation`: a private exchange of the member has something new."""
    account_id: int = event.ids["account_id"]
    if not hub.listening(DIRECT, account_id):
        return []
    try:
        found = await conversation_for(
            hub.ctx,
            account_id=account_id,
            inbox_conversation_id=event.ids["inbox_conversation_id"],
        )
    except NotFound:
        return []
    if not hub.connections_of(account_id):
        return []
    bodies = await render_conversations(hub.ctx, [found], viewer=hub.viewer_of(account_id))
    return [
        (connection, DIRECT, Message(event.name, text_of(body)))
        for body in bodies
        for connection in hub.listening(DIRECT, account_id)
    ]
