"""What the moderators tell everybody: rendered once, for all who listen to their own stream."""

from collections.abc import Mapping
from typing import Any

from watertower.api.shapes.announcement import announcement_shape
from watertower.api.shapes.status_live import NOBODY
from watertower.api.streaming.hub import Hub, Told
from watertower.api.streaming.messages import Message
from watertower.api.streaming.streams import USER
from watertower.base.json import to_json
from watertower.base.live import LiveEvent
from watertower.feeds.access.announcements import announcements_for


async def tell_of_announcement(hub: Hub, event: LiveEvent) -> list[Told]:
    """`announcement`: published or changed."""
    row = await _announcement(hub, event.ids["id"])
    if row is None:
        return []
    return _all(hub, Message(event.name, to_json(announcement_shape(hub.ctx, row))))


async def tell_of_reaction(hub: Hub, event: LiveEvent) -> list[Told]:
    """`announcement.reaction`: how many there are now of one."""
    row = await _announcement(hub, event.ids["id"])
    if row is None:
        return []
    name = event.ids["name"]
    counts = {reaction["name"]: reaction["count"] for reaction in row["reactions"]}
    payload = {"name": name, "count": counts.get(name, 0), "announcement_id": str(row["id"])}
    return _all(hub, Message(event.name, to_json(payload)))


async def tell_of_announcement_gone(hub: Hub, event: LiveEvent) -> list[Told]:
    """`announcement.delete`: it is no longer published."""
    return _all(hub, Message(event.name, str(int(event.ids["id"]))))


async def _announcement(hub: Hub, announcement_id: int) -> Mapping[str, Any] | None:
    if USER not in hub.listeners:
        return None
    found = await announcements_for(hub.ctx, account_id=NOBODY)
    return next((row for row in found if row["id"] == announcement_id), None)


def _all(hub: Hub, message: Message) -> list[Told]:
    return [
        (connection, USER, message)
        for connections in hub.listeners.get(USER, {}).values()
        for connection in connections
    ]
