"""A status of another server, read and cleaned by the door that received it. No I/O.

HTML is already made safe, texts are cut to their limits, addresses are http(s), and the door
has checked that the document came from its author's server. Accounts that it names are ids of
ours already: the door has looked them up, or fetched them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from watertower.base.db.transaction import Transaction
from watertower.media.steps.remote import RemoteFile
from watertower.statuses.model import Visibility


@dataclass(frozen=True)
class ReceivedPoll:
    """A question as its author's server counts it."""

    options: Sequence[str]
    tallies: Sequence[int] = ()
    is_multiple: bool = False
    expires_at: datetime | None = None
    closed_at: datetime | None = None
    voters_count: int | None = None


@dataclass(frozen=True)
class ReceivedStatus:
    """What another server says of a status by an account of its own."""

    uri: str
    visibility: Visibility
    created_at: datetime
    url: str | None = None
    edited_at: datetime | None = None
    content_html: str = ""
    content_warning: str = ""
    is_sensitive: bool = False
    language: str | None = None
    in_reply_to_uri: str | None = None
    conversation_uri: str | None = None
    quoted_status_id: int | None = None
    quote_state: str | None = None
    quote_policy: str = "nobody"
    reply_policy: str = "public"
    mentioned_ids: Sequence[int] = ()
    also_for_ids: Sequence[int] = ()  # addressed without being named: may see it, are not told
    tags: Sequence[str] = ()  # as shown, without '#'
    emojis: Sequence[tuple[str, str, str | None]] = ()  # shortcode, address of the image, uri
    media: Sequence[RemoteFile] = ()
    poll: ReceivedPoll | None = None


@dataclass(frozen=True)
class Treatment:
    """How something that arrives is to be kept. It never shows more than was sent."""

    is_held: bool = False  # somebody looks at it first: it is not written now
    is_covered: bool = False
    is_quiet: bool = False  # nobody is notified


class Judge(Protocol):
    """Decides about what arrives, in the transaction that writes it. The rooms above have one."""

    async def judge(
        self, tx: Transaction, *, author_id: int, domain: str | None, received: ReceivedStatus
    ) -> Treatment:
        """How to keep it."""
        ...

    async def kept(self, tx: Transaction, *, author_id: int, status_id: int) -> None:
        """It was kept under this id."""
        ...
