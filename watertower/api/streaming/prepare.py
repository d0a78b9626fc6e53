"""Which live event is whose: the whole list on one page."""

from collections.abc import Mapping, Sequence

from watertower.api.streaming.about_announcements import (
    tell_of_announcement,
    tell_of_announcement_gone,
    tell_of_reaction,
)
from watertower.api.streaming.about_conversations import tell_of_conversation
from watertower.api.streaming.about_members import (
    tell_of_filters,
    tell_of_merging,
    tell_of_notification,
)
from watertower.api.streaming.about_statuses import tell_of_deletion, tell_of_status
from watertower.api.streaming.hub import Hub, Prepare, Told
from watertower.base.live import LiveEvent

# `kill` is not here: the hub obeys it at once.
PREPARE: Mapping[str, Prepare] = {
    "update": tell_of_status,
    "status.update": tell_of_status,
    "delete": tell_of_deletion,
    "notification": tell_of_notification,
    "notifications_merged": tell_of_merging,
    "filters_changed": tell_of_filters,
    "conversation": tell_of_conversation,
    "announcement": tell_of_announcement,
    "announcement.reaction": tell_of_reaction,
    "announcement.delete": tell_of_announcement_gone,
}


async def prepare(hub: Hub, event: LiveEvent) -> Sequence[Told]:
    """Who is told what about an event. What a newer process announced is nobody's here."""
    tell = PREPARE.get(event.name)
    return () if tell is None else await tell(hub, event)
