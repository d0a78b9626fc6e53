"""What a status is, in the parts that are shown. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

import msgspec

from watertower.accounts.model import AccountLine


class Visibility(IntEnum):
    """Who may see a status; the numbers are Mastodon's."""

    PUBLIC = 0
    UNLISTED = 1
    PRIVATE = 2
    DIRECT = 3


VISIBILITY_NAMES = {v: v.name.lower() for v in Visibility}
VISIBILITY_OF = {v.name.lower(): v for v in Visibility}


@dataclass(frozen=True)
class Status:
    """A status as actions need it: who wrote it, who may see it, what it belongs to."""

    id: int
    account_id: int
    uri: str
    url: str | None
    text: str
    content_html: str
    content_warning: str
    visibility: Visibility
    is_sensitive: bool
    language: str | None
    in_reply_to_id: int | None
    in_reply_to_account_id: int | None
    reblog_of_id: int | None
    quoted_status_id: int | None
    quote_state: str | None
    quote_policy: str
    reply_policy: str
    content_type: str
    conversation_id: int
    application_id: int | None
    poll_id: int | None
    media_ids: Sequence[int]
    is_local: bool
    is_local_only: bool
    created_at: datetime
    edited_at: datetime | None
    version: int


class StatusLine(msgspec.Struct, frozen=True, gc=False):
    """The part of a status that depends on the viewer or changes all the time.

    Everything else is its face (StatusFace), which is the same for everybody and is kept
    rendered until `version` grows. For a boost, `reblog_of` is the line of what was boosted.
    """

    id: int
    version: int
    account: AccountLine
    replies_count: int
    reblogs_count: int
    favourites_count: int
    quotes_count: int
    is_favourited: bool
    is_reblogged: bool
    is_bookmarked: bool
    is_muted: bool
    is_pinned: bool
    may_quote: str
    poll_id: int | None
    quoted_status_id: int | None
    reblog_of: "StatusLine | None"
    sort: int


@dataclass(frozen=True)
class StatusFace:
    """What everybody who may see the status sees alike."""

    status: Status
    emojis: Sequence[Mapping[str, Any]]
    application: tuple[str, str | None] | None  # name, website
    mentions: Sequence[Mapping[str, Any]]  # id, username, domain, url
    tags: Sequence[tuple[str, str]]  # name, name as shown
    media: Sequence[Mapping[str, Any]]  # rows of media_attachments
    card: Mapping[str, Any] | None  # a row of preview_cards
    poll: Mapping[str, Any] | None  # a row of polls
    quote_state: str | None
    quote_policy: str


@dataclass(frozen=True)
class ScheduledStatus:
    """A draft and when it is published."""

    id: int
    account_id: int
    scheduled_at: datetime
    draft: str  # packed, see draft.py
    application_id: int | None
    published_status_id: int | None


@dataclass(frozen=True)
class KeptDraft:
    """A post begun."""

    id: int
    account_id: int
    draft: str  # packed, see draft.py
    updated_at: datetime


@dataclass(frozen=True)
class BookmarkFolder:
    """Where a member keeps some of what is kept for later."""

    id: int
    name: str


@dataclass(frozen=True)
class StatusEdit:
    """A status as it was from one edit to the next."""

    content_html: str
    content_warning: str
    is_sensitive: bool
    created_at: datetime
    poll_options: Sequence[str] | None
    emojis: Sequence[Mapping[str, Any]]
    media: Sequence[Mapping[str, Any]]  # rows of media_attachments, with descriptions as then


@dataclass(frozen=True)
class CommunitySize:
    """Members, those who were here since a given moment, their statuses, servers known."""

    members: int = 0
    active: int = 0
    statuses: int = 0
    servers: int = 0
