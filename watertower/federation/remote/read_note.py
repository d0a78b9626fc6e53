"""A Note of another server, read with patience: everything that needs no look at what we know.

Article, Page, Video and the like become a title and a link, as Mastodon shows them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watertower.base.text.html_of import escape, link_html
from watertower.base.text.languages import language_of
from watertower.base.text.sanitise import safe_html
from watertower.base.text.tags import tag_name
from watertower.federation.errors import DocumentRefused
from watertower.federation.model import (
    CONVERTED_TYPES,
    PUBLIC_NAMES,
    STATUS_TYPES,
    Document,
)
from watertower.federation.reading import (
    address_of,
    as_list,
    first,
    flag_of,
    host_of,
    id_of,
    ids_of,
    kind_of,
    line_of,
    mapped_text,
    moment_of,
    number_of,
    objects_of,
    text_of,
    types_of,
    uri_of,
    words_of,
)
from watertower.federation.remote.read_actor import emoji_addresses
from watertower.federation.remote.read_policy import quote_policy_of, reply_policy_of
from watertower.media.steps.remote import RemoteFile
from watertower.statuses.model import Visibility
from watertower.statuses.received import ReceivedPoll

MEDIA_LIMIT, OPTIONS_LIMIT, TAGS_LIMIT, MENTIONS_LIMIT = 4, 500, 100, 200
DESCRIPTION_LIMIT, WARNING_LIMIT, OPTION_LIMIT, PAGE_LIMIT = 10_000, 2000, 500, 20_000
_MEDIA_TYPES = {"Document", "Image", "Video", "Audio"}


@dataclass(frozen=True)
class ReadNote:
    """A Note's own words. What it names is still given by address."""

    uri: str
    url: str
    author_uri: str
    visibility: Visibility
    created_at: datetime | None
    edited_at: datetime | None
    content_html: str
    content_warning: str
    is_sensitive: bool
    language: str | None
    in_reply_to_uri: str | None
    conversation_uri: str | None
    quoted_uri: str | None
    quote_stamp_uri: str | None
    quote_policy: str
    reply_policy: str
    mentioned_uris: Sequence[str]
    addressed_uris: Sequence[str]
    tags: Sequence[str]
    emojis: Sequence[tuple[str, str, str | None]]
    media: Sequence[RemoteFile]
    poll: ReceivedPoll | None
    name: str  # of a vote: the option chosen


def read_note(
    document: Document, *, followers_url: str = "", sender_uri: str | None = None
) -> ReadNote:
    """What the document says. `followers_url` is the author's, to tell private from direct.

    `sender_uri` is who sent it: the author where none is named, or where several are and this
    is one of them (PeerTube names a person and a channel). Raises DocumentRefused when it lacks
    what no status can lack.
    """
    uri = id_of(document)
    authors = ids_of(document.get("attributedTo")) or ids_of(document.get("actor"))
    author = sender_uri if not authors or sender_uri in authors else authors[0]
    kind = kind_of(document, STATUS_TYPES | CONVERTED_TYPES)
    if uri is None or author is None or kind is None:
        raise DocumentRefused("Not a status")
    if host_of(uri) != host_of(author):
        raise DocumentRefused("The status is not on its author's host")
    page = address_of(document.get("url")) or uri
    name, name_language = mapped_text(document, "name")
    if kind in CONVERTED_TYPES:
        html, language, warning = _converted(document, kind, name, page), name_language, ""
    else:
        content, language = mapped_text(document, "content")
        html = safe_html(content)
        warning = line_of(mapped_text(document, "summary")[0], WARNING_LIMIT)
    named = [
        found
        for tag in objects_of(document.get("tag"))
        if "Mention" in types_of(tag) and (found := uri_of(tag.get("href")))
    ][:MENTIONS_LIMIT]
    audience = words_of(document.get("to")) + words_of(document.get("cc"))
    addressed = [
        one for one in audience if one not in PUBLIC_NAMES and one != followers_url and uri_of(one)
    ]
    return ReadNote(
        uri=uri,
        url=page,
        author_uri=author,
        visibility=visibility_of(document, followers_url),
        created_at=moment_of(document.get("published")),
        edited_at=moment_of(document.get("updated")),
        content_html=html,
        content_warning=warning,
        is_sensitive=bool(flag_of(document.get("sensitive")) or warning),
        language=language_of(language) if language else None,
        in_reply_to_uri=id_of(document.get("inReplyTo")),
        conversation_uri=_conversation(document),
        quoted_uri=_quoted(document),
        quote_stamp_uri=id_of(document.get("quoteAuthorization")),
        quote_policy=quote_policy_of(document, followers_url),
        reply_policy=reply_policy_of(document, followers_url),
        mentioned_uris=list(dict.fromkeys(named)),
        addressed_uris=list(dict.fromkeys(addressed))[:MENTIONS_LIMIT],
        tags=_tags(document),
        emojis=emoji_addresses(document.get("tag")),
        media=_media(document),
        poll=_poll(document) if kind == "Question" else None,
        name=name,
    )


def visibility_of(document: Document, followers_url: str) -> Visibility:
    """By Mastodon's rules: Public in `to` or `cc`, else the followers in `to`, else direct."""
    to, cc = set(words_of(document.get("to"))), set(words_of(document.get("cc")))
    if to & PUBLIC_NAMES:
        return Visibility.PUBLIC
    if cc & PUBLIC_NAMES:
        return Visibility.UNLISTED
    if followers_url and followers_url in to:
        return Visibility.PRIVATE
    return Visibility.DIRECT


def within(activity: Document, document: Document, followers_url: str) -> Document:
    """The document for no more people than the activity that brings it.

    The two are written by one server and say the same; where they do not, the narrower is meant.
    An activity that names nobody says nothing of it.
    """
    if not words_of(activity.get("to")) and not words_of(activity.get("cc")):
        return document
    if visibility_of(activity, followers_url) <= visibility_of(document, followers_url):
        return document
    return {**document, "to": activity.get("to"), "cc": activity.get("cc")}


def _converted(document: Document, kind: str, name: str, page: str) -> str:
    """Title, summary and where to read it. A Page is a community's thread: what it links to too."""
    text = mapped_text(document, "summary", 2000)[0]
    linked = []
    if kind == "Page":
        text = mapped_text(document, "content", PAGE_LIMIT)[0] or text
        linked = [
            found
            for one in objects_of(document.get("attachment"))
            if "Link" in types_of(one) and (found := uri_of(one.get("href"))) and found != page
        ][:MEDIA_LIMIT]
    if text and not text.lstrip().startswith("<"):
        text = f"<p>{text}</p>"
    title = f"<h2>{escape(name)}</h2>" if name else ""
    links = "".join(f"<p>{link_html(one)}</p>" for one in dict.fromkeys([*linked, page]))
    return safe_html(
        f"{title}{links}{safe_html(text)}" if linked else f"{title}{safe_html(text)}{links}"
    )


def _conversation(document: Document) -> str | None:
    found = first(document.get("conversation")) or first(document.get("context"))
    word = found.get("id") if isinstance(found, dict) else found
    return line_of(word, 500) or None


def _quoted(document: Document) -> str | None:
    for name in ("quote", "_misskey_quote", "quoteUrl", "quoteUri"):
        if found := id_of(document.get(name)):
            return found
    return None


def _tags(document: Document) -> list[str]:
    names: dict[str, str] = {}
    for tag in objects_of(document.get("tag")):
        shown = line_of(tag.get("name"), 200).lstrip("#")
        if "Hashtag" in types_of(tag) and (name := tag_name(shown)):
            names.setdefault(name, shown)
    return list(names.values())[:TAGS_LIMIT]


def _media(document: Document) -> list[RemoteFile]:
    """Attachments; PeerTube's and Pixelfed's own links of a Video or Image are not media here."""
    found = []
    for one in objects_of(document.get("attachment")):
        if not set(types_of(one)) & _MEDIA_TYPES:
            continue
        url = uri_of(first(one.get("url"))) or address_of(one.get("url")) or uri_of(one.get("href"))
        if url is None:
            continue
        says = text_of(one.get("summary") or one.get("name"), DESCRIPTION_LIMIT)
        icon = first(one.get("icon"))
        found.append(
            RemoteFile(
                url=url,
                content_type=_media_type(one, url),
                description=says or None,
                blurhash=line_of(one.get("blurhash"), 100) or None,
                focus=_focus(one.get("focalPoint")),
                width=number_of(one.get("width")),
                height=number_of(one.get("height")),
                preview_url=address_of(icon.get("url")) if isinstance(icon, dict) else None,
            )
        )
    return found[:MEDIA_LIMIT]


def _media_type(one: Document, url: str) -> str:
    said = line_of(one.get("mediaType"), 100).lower()
    if "/" in said:
        return said
    kinds = {"Image": "image/jpeg", "Video": "video/mp4", "Audio": "audio/mpeg"}
    for kind in types_of(one):
        if kind in kinds:
            return kinds[kind]
    ending = url.rpartition(".")[2].lower()
    return {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}.get(ending, "")


def _focus(value: Any) -> tuple[float, float] | None:
    pair = as_list(value)
    if len(pair) != 2 or not all(
        isinstance(one, int | float) and not isinstance(one, bool) for one in pair
    ):
        return None
    x, y = (max(-1.0, min(1.0, float(one))) if one == one else 0.0 for one in pair)  # noqa: PLR0124  # NaN
    return x, y


def _poll(document: Document) -> ReceivedPoll | None:
    several = objects_of(document.get("anyOf"))
    is_multiple = bool(several)  # Pleroma sends both lists, one of them empty
    options, tallies = [], []
    for one in several or objects_of(document.get("oneOf")):
        name = line_of(mapped_text(one, "name")[0], OPTION_LIMIT)
        replies = first(one.get("replies"))
        if name:
            options.append(name)
            count = number_of(replies.get("totalItems")) if isinstance(replies, dict) else None
            tallies.append(count or 0)
    if not options:
        return None
    closed = first(document.get("closed"))
    ends = moment_of(document.get("endTime"))
    closed_at = moment_of(closed)
    if closed is True and closed_at is None:
        closed_at = (
            ends or moment_of(document.get("updated")) or moment_of(document.get("published"))
        )
    return ReceivedPoll(
        options=options[:OPTIONS_LIMIT],
        tallies=tallies[:OPTIONS_LIMIT],
        is_multiple=is_multiple,
        expires_at=ends or closed_at,
        closed_at=closed_at,
        voters_count=number_of(document.get("votersCount")),
    )


def is_vote(document: Document, note: ReadNote) -> bool:
    """Whether the Note may be a vote: a name, no content, and something it answers."""
    has_content = bool(document.get("content") or document.get("contentMap"))
    return bool(note.name and note.in_reply_to_uri and not has_content)
