"""Who is told of a status that came, changed or went, and what each of them sees of it.

Three groups of streams have a status: homes and lists, where each viewer's right to see it is
asked with all they did to it; public streams and those of tags, which have only what the public
may see, without those who parted from its author; and for edits, those whom it mentions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from watertower.accounts.model import Viewer
from watertower.api.shapes.status_live import live_status
from watertower.api.streaming.hub import Hub, Told
from watertower.api.streaming.messages import Message, text_of
from watertower.api.streaming.streams import USER, USER_NOTIFICATION, Stream
from watertower.base.live import LiveEvent
from watertower.feeds.access.audience import homes_with, lists_with, outline_of, parted_from
from watertower.feeds.model import Outline
from watertower.statuses.access.for_each import lines_for_each
from watertower.statuses.access.statuses import lines_for
from watertower.statuses.model import StatusLine, Visibility


@dataclass
class Audience:
    """Who listens where. Streams of homes and lists apart from those of the public."""

    own: dict[int, list[Stream]] = field(default_factory=dict)  # by account
    public: dict[int, list[Stream]] = field(default_factory=dict)


async def tell_of_status(hub: Hub, event: LiveEvent) -> list[Told]:
    """`update` and `status.update`: everybody who may have it, as they see it."""
    status_id: int = event.ids["status_id"]
    if not hub.listeners:
        return []
    outline = await outline_of(hub.ctx, status_id=status_id)
    if outline is None or outline.is_deleted:
        return []
    audience = await _audience(hub, status_id, outline)
    if event.name == "status.update":
        for account_id in outline.mentioned_ids:
            if account_id in hub.listeners.get(USER_NOTIFICATION, {}):
                audience.own.setdefault(account_id, []).append(USER_NOTIFICATION)
    lines = dict(await lines_for_each(hub.ctx, status_id=status_id, viewer_ids=list(audience.own)))
    if audience.public:
        for line in await lines_for(hub.ctx, viewer=None, status_ids=[status_id]):
            lines |= {account_id: line for account_id in audience.public if account_id not in lines}
    return await _told(hub, event.name, audience, lines)


async def _told(
    hub: Hub, name: str, audience: Audience, lines: dict[int, StatusLine]
) -> list[Told]:
    viewers: dict[int, Viewer] = {
        account_id: hub.viewer_of(account_id)
        for account_id in lines
        if hub.connections_of(account_id)
    }
    lines = {account_id: line for account_id, line in lines.items() if account_id in viewers}
    live = await live_status(hub.ctx, lines=lines, viewers=viewers)
    if live is None:
        return []
    messages: dict[bytes, Message] = {}
    told: list[Told] = []
    for context, group in (("home", audience.own), ("public", audience.public)):
        for account_id, streams in group.items():
            body = live.body_for(account_id, context)
            if body is None:
                continue
            message = messages.get(body)
            if message is None:
                message = messages[body] = Message(name, text_of(body))
            told += _each(hub, account_id, streams, message)
    return told


async def tell_of_deletion(hub: Hub, event: LiveEvent) -> list[Told]:
    """`delete`: whoever may have had it. Nobody else learns that it was there."""
    status_id: int = event.ids["status_id"]
    if not hub.listeners:
        return []
    outline = await outline_of(hub.ctx, status_id=status_id)
    if outline is None:
        return []
    audience = await _audience(hub, status_id, outline, is_deleted=True)
    message = Message("delete", str(status_id))
    told: list[Told] = []
    for group in (audience.own, audience.public):
        for account_id, streams in group.items():
            told += _each(hub, account_id, streams, message)
    return told


def _each(hub: Hub, account_id: int, streams: Iterable[Stream], message: Message) -> list[Told]:
    return [
        (connection, stream, message)
        for stream in streams
        for connection in hub.listening(stream, account_id)
    ]


async def _audience(
    hub: Hub, status_id: int, outline: Outline, *, is_deleted: bool = False
) -> Audience:
    ctx = hub.ctx
    audience = Audience()
    homes = set(hub.listeners.get(USER, ()))
    for account_id in await homes_with(
        ctx, status_id=status_id, account_ids=homes, is_deleted=is_deleted
    ):
        audience.own[account_id] = [USER]
    await _add_lists(hub, audience, status_id, is_deleted=is_deleted)
    public: dict[int, list[Stream]] = {}
    for stream in public_streams(outline):
        for account_id in hub.listeners.get(stream, {}):
            public.setdefault(account_id, []).append(stream)
    apart = await parted_from(
        ctx, author_id=outline.account_id, author_domain=outline.domain, account_ids=public
    )
    audience.public = {
        account_id: streams
        for account_id, streams in public.items()
        if account_id not in apart and _reads(hub, account_id, outline.language)
    }
    return audience


async def _add_lists(hub: Hub, audience: Audience, status_id: int, *, is_deleted: bool) -> None:
    owners: dict[int, tuple[int, ...]] = {
        int(stream.about): tuple(accounts)
        for stream, accounts in hub.listeners.items()
        if stream.name == "list"
    }
    found = await lists_with(hub.ctx, status_id=status_id, list_ids=owners)
    if found and is_deleted:
        # Lines are not asked for what is gone: here the owner's right is asked instead.
        asked = {owner for list_id in found for owner in owners[list_id]}
        may_know = await homes_with(
            hub.ctx, status_id=status_id, account_ids=asked, is_deleted=True
        )
        owners = {one: tuple(set(accounts) & may_know) for one, accounts in owners.items()}
    for list_id in found:
        for owner in owners[list_id]:
            audience.own.setdefault(owner, []).append(Stream("list", str(list_id)))


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
