"""What concerns one member alone: notifications, and filters that changed."""

from watertower.api.shapes.notification import render_notifications
from watertower.api.streaming.hub import Hub, Told
from watertower.api.streaming.messages import Message, text_of
from watertower.api.streaming.streams import NOTIFICATIONS, USER, USER_NOTIFICATION
from watertower.base.errors import NotFound
from watertower.base.live import LiveEvent
from watertower.feeds.access.notifications import notification_for


async def tell_of_notification(hub: Hub, event: LiveEvent) -> list[Told]:
    """`notification`: the member's own streams, where the token may read notifications."""
    account_id: int = event.ids["account_id"]
    if not _hear_of_notifications(hub, account_id):
        return []
    try:
        line = await notification_for(
            hub.ctx, account_id=account_id, notification_id=event.ids["notification_id"]
        )
    except NotFound:
        return []  # taken back in the meantime
    if line.is_filtered or not hub.connections_of(account_id):
        return []
    bodies = await render_notifications(hub.ctx, [line], viewer=hub.viewer_of(account_id))
    return [
        told
        for body in bodies
        for told in _tell_of_notifications(hub, account_id, Message(event.name, text_of(body)))
    ]


async def tell_of_merging(hub: Hub, event: LiveEvent) -> list[Told]:
    """`notifications_merged`: what was kept aside has joined the list."""
    return _tell_of_notifications(hub, event.ids["account_id"], Message(event.name, "1"))


async def tell_of_filters(hub: Hub, event: LiveEvent) -> list[Told]:
    """`filters_changed`: apps fetch the filters anew, and so do we."""
    account_id: int = event.ids["account_id"]
    await hub.refresh(account_id)
    message = Message(event.name, None)
    return [(connection, USER, message) for connection in hub.listening(USER, account_id)]


def _hear_of_notifications(hub: Hub, account_id: int) -> bool:
    return bool(_tell_of_notifications(hub, account_id, Message("notification", None)))


def _tell_of_notifications(hub: Hub, account_id: int, message: Message) -> list[Told]:
    return [
        (connection, stream, message)
        for stream in (USER, USER_NOTIFICATION)
        for connection in hub.listening(stream, account_id)
        if connection.viewer.scopes & NOTIFICATIONS
    ]
