"""Who is told of statuses that came, changed or went, and what each of them sees.

Three groups of streams have a status: homes and lists, where each viewer's right to see it is
asked with all they did to it; public streams and those of tags, which have only what the public
may see, without those who parted from its author; and for edits, those whom it mentions.

Many events are answered with as many queries as one: when a lot happens, the database is asked
less often, not more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from watertower.api.shapes.status_live import LiveStatus, live_statuses
from watertower.api.streaming.hub import Hub, Told
from watertower.api.streaming.messages import Message, text_of
from watertower.api.streaming.streams import USER, USER_NOTIFICATION, Stream
from watertower.base.live import LiveEvent
from watertower.feeds.access.audience import homes_with, lists_with, outlines_of, parted
from watertower.feeds.model import Outline
from watertower.statuses.access.for_each import lines_for_each
from watertower.statuses.access.statuses import lines_for
from watertower.statuses.model import StatusLine, Visibility


@dataclass
class Audience:
    """Who listens where, by account: to homes and lists, and to the streams of the public."""

    own: dict[int, list[Stream]] = field(default_factory=dict)
    public: dict[int, list[Stream]] = field(default_factory=dict)


async def tell_of_statuses(hub: Hub, events: Sequence[LiveEvent]) -> list[list[Told]]:
    """`update` and `status.update`: everybody who may have it, as they see it."""
    ids = {int(event.ids["status_id"]) for event in events}
    if not hub.listeners:
        return [[] for _ in events]
    outlines = {
        status_id: outline
        for status_id, outline in (await outlines_of(hub.ctx, status_ids=ids)).items()
        if not outline.is_deleted
    }
    audiences = await _audiences(hub, outlines.values(), are_deleted=False)
    edited = {event.ids["status_id"] for event in events if event.name == "status.update"}
    mentioned = {
        status_id: [one for one in outlines[status_id].mentioned_ids if _hears(hub, one)]
        for status_id in edited & outlines.keys()
    }
    lines = await _lines(hub, audiences, mentioned)
    viewers = {
        account_id: hub.viewer_of(account_id)
        for each in lines.values()
        for account_id in each
        if hub.connections_of(account_id)
    }
    seen = {
        status_id: {one: line for one, line in each.items() if one in viewers}
        for status_id, each in lines.items()
    }
    live = await live_statuses(hub.ctx, lines=seen, viewers=viewers)
    told: list[list[Told]] = []
    for event in events:
        status_id = event.ids["status_id"]
        if status_id not in live:
            told.append([])
            continue
        audience = audiences[status_id]
        own = audience.own
        if event.name == "status.update":
            own = own | {
                one: [*own.get(one, ()), USER_NOTIFICATION] for one in mentioned[status_id]
            }
        told.append(_told(hub, event.name, live[status_id], own, audience.public))
    return told


async def tell_of_deletions(hub: Hub, events: Sequence[LiveEvent]) -> list[list[Told]]:
    """`delete`: whoever may have had it. Nobody else learns that it was there."""
    ids = {int(event.ids["status_id"]) for event in events}
    if not hub.listeners:
        return [[] for _ in events]
    outlines = await outlines_of(hub.ctx, status_ids=ids)
    audiences = await _audiences(hub, outlines.values(), are_deleted=True)
    told = []
    for event in events:
        audience = audiences.get(event.ids["status_id"], Audience())
        message = Message("delete", str(event.ids["status_id"]))
        told.append(
            [
                each
                for group in (audience.own, audience.public)
                for account_id, streams in group.items()
                for each in _each(hub, account_id, streams, message)
            ]
        )
    return told


def _told(
    hub: Hub,
    name: str,
    live: LiveStatus,
    own: Mapping[int, list[Stream]],
    public: Mapping[int, list[Stream]],
) -> list[Told]:
    messages: dict[bytes, Message] = {}
    told: list[Told] = []
    for context, group in (("home", own), ("public", public)):
        for account_id, streams in group.items():
            body = live.body_for(account_id, context)
            if body is None:
                continue
            message = messages.get(body)
            if message is None:
                message = messages[body] = Message(name, text_of(body))
            told += _each(hub, account_id, streams, message)
    return told


def _each(hub: Hub, account_id: int, streams: Iterable[Stream], message: Message) -> list[Told]:
    return [
        (connection, stream, message)
        for stream in streams
        for connection in hub.listening(stream, account_id)
    ]


def _hears(hub: Hub, account_id: int) -> bool:
    return account_id in hub.listeners.get(USER_NOTIFICATION, {})


async def _lines(
    hub: Hub, audiences: Mapping[int, Audience], mentioned: Mapping[int, Collection[int]]
) -> dict[int, dict[int, StatusLine]]:
    """The line of each status for each who listens, as far as they may see it."""
    wanted = {
        (status_id, account_id)
        for status_id, audience in audiences.items()
        for account_id in (*audience.own, *mentioned.get(status_id, ()))
    }
    lines = await lines_for_each(hub.ctx, wanted=wanted)
    public = [status_id for status_id, audience in audiences.items() if audience.public]
    if public:
        # What the public may see is the same for all of them, and nobody did anything to it yet.
        for line in await lines_for(hub.ctx, viewer=None, status_ids=public):
            each = lines.setdefault(line.id, {})
            for account_id in audiences[line.id].public:
                each.setdefault(account_id, line)
    return lines


async def _audiences(
    hub: Hub, outlines: Collection[Outline], *, are_deleted: bool
) -> dict[int, Audience]:
    """Who listens to a stream that has a status, by the status."""
    audiences = {outline.id: Audience() for outline in outlines}
    for status_id, account_id in await homes_with(
        hub.ctx,
        status_ids=audiences,
        account_ids=set(hub.listeners.get(USER, ())),
        are_deleted=are_deleted,
    ):
        audiences[status_id].own[account_id] = [USER]
    await _add_lists(hub, audiences, are_deleted=are_deleted)
    _add_public(hub, audiences, outlines)
    apart = await parted(
        hub.ctx,
        author_ids={one.account_id for one in outlines if audiences[one.id].public},
        account_ids={one for audience in audiences.values() for one in audience.public},
    )
    for outline in outlines:
        public = audiences[outline.id].public
        for account_id in [one for one in public if (outline.account_id, one) in apart]:
            del public[account_id]
    return audiences


async def _add_lists(hub: Hub, audiences: dict[int, Audience], *, are_deleted: bool) -> None:
    owners: dict[int, tuple[int, ...]] = {
        int(stream.about): tuple(accounts)
        for stream, accounts in hub.listeners.items()
        if stream.name == "list"
    }
    found = await lists_with(hub.ctx, status_ids=audiences, list_ids=owners)
    wanted = {(status_id, owner) for status_id, list_id in found for owner in owners[list_id]}
    if are_deleted:
        # Lines are not asked for what is gone: here the owner's right is asked instead.
        wanted &= set(
            await homes_with(
                hub.ctx,
                status_ids={status_id for status_id, _ in wanted},
                account_ids={owner for _, owner in wanted},
                are_deleted=True,
            )
        )
    for status_id, list_id in found:
        for owner in owners[list_id]:
            if (status_id, owner) in wanted:
                streams = audiences[status_id].own.setdefault(owner, [])
                streams.append(Stream("list", str(list_id)))


def _add_public(hub: Hub, audiences: dict[int, Audience], outlines: Iterable[Outline]) -> None:
    for outline in outlines:
        public = audiences[outline.id].public
        for stream in public_streams(outline):
            for account_id in hub.listeners.get(stream, {}):
                if _reads(hub, account_id, outline.language):
                    public.setdefault(account_id, []).append(stream)


def _reads(hub: Hub, account_id: int, language: str | None) -> bool:
    """Whether the member chose this language for public streams, or chose none."""
    if not hub.connections_of(account_id):
        return False
    chosen = hub.viewer_of(account_id).chosen_languages
    return not chosen or language is None or language in chosen


def public_streams(outline: Outline) -> list[Stream]:
    """The streams open to everybody that have this status; the rules of the public timelines."""
    if outline.visibility != Visibility.PUBLIC or outline.is_boost or not outline.is_shown_to_all:
        return []
    names = []
    if not outline.is_reply:
        origin = "public:local" if outline.is_local else "public:remote"
        names = ["public", origin]
        if outline.has_media:
            names += ["public:media", f"{origin}:media"]
    streams = [Stream(name) for name in names]
    for tag in outline.tags:
        streams.append(Stream("hashtag", tag))
        if outline.is_local:
            streams.append(Stream("hashtag:local", tag))
    return streams
