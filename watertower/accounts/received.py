"""A profile of another server, read and cleaned by the door that received it. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class ReceivedKey:
    """A public key, and the address that signatures name it by."""

    key_id: str
    public_pem: str


@dataclass(frozen=True)
class ReceivedAccount:
    """What another server says of an account of its own.

    HTML is already made safe, texts are cut to their limits, every address is http(s), and
    the door has checked that the document came from where it says. `proves_handle` says that
    the domain confirmed by WebFinger that this account has this name.
    """

    uri: str
    username: str
    domain: str
    actor_type: str
    inbox_url: str
    url: str
    proves_handle: bool = False
    display_name: str = ""
    note_html: str = ""
    fields: Sequence[Mapping[str, Any]] = ()  # {"name", "value", "html", "verified_at"}
    emojis: Sequence[tuple[str, str, str | None]] = ()  # shortcode, address of the image, uri
    avatar_remote_url: str | None = None
    avatar_description: str = ""
    header_remote_url: str | None = None
    header_description: str = ""
    is_locked: bool = False
    is_discoverable: bool | None = None
    is_indexable: bool = False
    shows_media: bool = True
    shows_media_replies: bool = True
    shows_featured: bool = True
    is_memorial: bool = False
    is_suspended: bool = False
    attribution_domains: Sequence[str] = ()
    also_known_as: Sequence[str] = ()
    shared_inbox_url: str = ""
    outbox_url: str = ""
    followers_url: str = ""
    following_url: str = ""
    featured_url: str = ""
    created_at: datetime | None = None
    keys: Sequence[ReceivedKey] = ()
