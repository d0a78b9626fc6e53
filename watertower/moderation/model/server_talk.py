"""What is said about a server: by members who ask, and with the people who run it. No I/O."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

ANSWERED_WITHIN = timedelta(days=30)
LONGEST_TEXT = 5000  # characters
ADDRESS = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,250}")


@dataclass(frozen=True)
class ServerRequest:
    """A member, or somebody who runs a server, asks to decide again, or says what worries them."""

    id: int
    domain: str
    decision_id: int | None
    kind: str
    account_id: int | None
    address: str
    text: str
    state: str
    assigned_account_id: int | None
    outcome: str | None
    answer: str
    due_at: datetime
    created_at: datetime
    answered_at: datetime | None
    asker_name: str | None = None


@dataclass(frozen=True)
class Contact:
    """Where the people who run a server can be reached, as they published it."""

    id: int
    address: str
    source: str


@dataclass(frozen=True)
class Notice:
    """Something that we wrote to them, or they to us."""

    id: int
    is_ours: bool
    address: str
    author_name: str | None
    text: str
    created_at: datetime
    sent_at: datetime | None
