"""Which live event is whose: the whole list on one page."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

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
from watertower.api.streaming.about_statuses import tell_of_deletions, tell_of_statuses
from watertower.api.streaming.hub import EVENTS, Hub, Told
from watertower.base.live import LiveEvent

log = structlog.get_logger()

TellOfOne = Callable[[Hub, LiveEvent], Awaitable[Sequence[Told]]]
TellOfMany = Callable[[Hub, Sequence[LiveEvent]], Awaitable[Sequence[Sequence[Told]]]]

# `kill` is not here: the hub obeys it at once. Those of a kind that comes in floods are told of
# together, the others one by one.
TELL_OF_MANY: Mapping[str, TellOfMany] = {
    "update": tell_of_statuses,
    "status.update": tell_of_statuses,
    "delete": tell_of_deletions,
}
TELL_OF_ONE: Mapping[str, TellOfOne] = {
    "notification": tell_of_notification,
    "notifications_merged": tell_of_merging,
    "filters_changed": tell_of_filters,
    "conversation": tell_of_conversation,
    "announcement": tell_of_announcement,
    "announcement.reaction": tell_of_reaction,
    "announcement.delete": tell_of_announcement_gone,
}
# Connections of the pool that making ready may hold; in a web process requests need the others.
QUERIES_AT_ONCE = 2


async def prepare(hub: Hub, events: Sequence[LiveEvent]) -> list[Sequence[Told]]:
    """Who is told what about each event. What a newer process announced is nobody's here."""
    ready: list[Sequence[Told]] = [()] * len(events)
    turns = asyncio.Semaphore(QUERIES_AT_ONCE)
    groups: dict[TellOfMany, list[int]] = defaultdict(list)
    for place, event in enumerate(events):
        if event.name in TELL_OF_MANY:
            groups[TELL_OF_MANY[event.name]].append(place)
        elif event.name in TELL_OF_ONE:
            groups[_alone(TELL_OF_ONE[event.name])].append(place)

    async def make_ready(tell: TellOfMany, places: Sequence[int]) -> None:
        try:
            async with turns:
                told = await tell(hub, [events[place] for place in places])
        except Exception:
            # One event that cannot be shown must not silence the others.
            if len(places) > 1:
                for place in places:
                    await make_ready(tell, [place])
                return
            event = events[places[0]]
            log.exception("live event failed", event_name=event.name, ids=event.ids)
            EVENTS.labels(event.name, "failed").inc()
        else:
            for place, each in zip(places, told, strict=True):
                ready[place] = each

    await asyncio.gather(*(make_ready(tell, places) for tell, places in groups.items()))
    return ready


def _alone(tell: TellOfOne) -> TellOfMany:
    """One that tells of a single event, as one that is given a list of one."""

    async def tell_of_each(hub: Hub, events: Sequence[LiveEvent]) -> Sequence[Sequence[Told]]:
        return [await tell(hub, event) for event in events]

    return tell_of_each
