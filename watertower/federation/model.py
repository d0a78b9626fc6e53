"""What the door knows of others: actors as rows, activities received and sent. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Document = Mapping[str, Any]

ACTOR_TYPES = frozenset({"Application", "Group", "Organization", "Person", "Service"})
STATUS_TYPES = frozenset({"Note", "Question"})
# Kept as a title and a link, as Mastodon does: their text is made for another kind of page.
CONVERTED_TYPES = frozenset({"Article", "Page", "Image", "Audio", "Video", "Event"})

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
PUBLIC_NAMES = frozenset({PUBLIC, "as:Public", "Public"})

ACTIVITY_JSON = "application/activity+json"
LD_JSON = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
ACTIVITY_TYPES = (ACTIVITY_JSON, LD_JSON)


@dataclass(frozen=True)
class Actor:
    """An account as the exchange with other servers needs it."""

    id: int
    username: str
    domain: str | None
    uri: str
    url: str
    inbox_url: str
    followers_url: str
    featured_url: str
    is_locked: bool
    is_suspended: bool
    is_deleted: bool
    fetched_at: datetime | None
    version: int

    @property
    def is_local(self) -> bool:
        """Whether the account lives here."""
        return self.domain is None

    @property
    def acct(self) -> str:
        """`name` for ours, `name@domain` for others."""
        return self.username if self.domain is None else f"{self.username}@{self.domain}"


@dataclass(frozen=True)
class SenderKey:
    """A key that somebody signs with, and what is known of its owner."""

    key_id: str
    public_pem: str
    account_id: int
    account_uri: str
    account_domain: str
    is_suspended: bool
    is_gone: bool
    fetched_at: datetime | None


@dataclass(frozen=True)
class ReceivedActivity:
    """An activity that passed the gate, as it was stored."""

    id: int
    kind: str
    sender_uri: str
    origin: str
    document: bytes
    attempts: int
    received_at: datetime
