"""What a member wants to publish: as written in an app, before anything was looked up."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import msgspec

from watertower.statuses.model import Visibility


@dataclass(frozen=True)
class DraftPoll:
    """A question with its options. How long it runs is counted from publishing."""

    options: tuple[str, ...]
    expires_in_seconds: int
    is_multiple: bool = False
    hides_totals: bool = False


@dataclass(frozen=True)
class MediaEdit:
    """A new description or focal point for something attached; None leaves it as it is."""

    media_id: int
    description: str | None = None
    focus: tuple[float, float] | None = None


@dataclass(frozen=True)
class Draft:
    """A status to be. None stands for "what the author prefers"."""

    text: str = ""
    content_warning: str = ""
    visibility: Visibility | None = None
    is_sensitive: bool | None = None
    language: str | None = None
    in_reply_to_id: int | None = None
    media_ids: tuple[int, ...] = ()
    media_edits: tuple[MediaEdit, ...] = ()
    poll: DraftPoll | None = None
    quoted_status_id: int | None = None
    quote_policy: str | None = None  # public, followers or nobody
    is_local_only: bool = False
    content_type: str | None = None  # text/plain or text/markdown
    reply_policy: str | None = None  # public, followers, mentioned or nobody
    scheduled_at: datetime | None = None


_decoder = msgspec.json.Decoder(Draft)


def pack_draft(draft: Draft) -> str:
    """The draft as JSON text, to be kept until its time comes."""
    return msgspec.json.encode(draft).decode()


def unpack_draft(packed: str) -> Draft:
    """The draft that pack_draft() packed; fields that a newer version added have defaults."""
    return _decoder.decode(packed)


def fingerprint(draft: Draft, *, application_id: int | None) -> str:
    """The same for two submissions exactly if every field and the app are the same."""
    content = msgspec.json.encode([application_id, draft])
    return hashlib.sha256(content).hexdigest()
