"""What is said about a case, and the addresses by which mail finds its thread. No I/O."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

THREADS = ("team", "reported", "reporter", "remote_staff")
LONGEST_MESSAGE = 20_000  # characters


@dataclass(frozen=True)
class CaseThread:
    """One conversation of a case; with one account or one address, or the team's own."""

    id: int
    case_id: int
    thread: str
    with_account_id: int | None
    with_address: str | None
    muted_at: datetime | None
    closed_at: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class CaseMessage:
    """One message. Who wrote it for the team is never shown outside of it."""

    id: int
    case_id: int
    thread_id: int
    thread: str
    with_account_id: int | None
    with_address: str | None
    from_team: bool
    author_account_id: int | None
    text: str
    media_keys: Sequence[str]
    template_id: int | None
    is_from_elsewhere: bool
    came_by: str
    read_at: datetime | None
    created_at: datetime


def reply_token(key: str, *, thread_id: int) -> str:
    """What an address has to carry for a mail to reach the thread. Letters may change case."""
    return f"{thread_id:x}-{_signed(key, f'thread:{thread_id}')}"


def thread_of_token(key: str, token: str) -> int | None:
    """The thread that this token speaks of; None if we never gave it."""
    number, _, _ = token.strip().lower().partition("-")
    try:
        thread_id = int(number, 16)
    except ValueError:
        return None
    expected = reply_token(key, thread_id=thread_id)
    is_ours = hmac.compare_digest(expected.encode(), token.strip().lower().encode())
    return thread_id if is_ours else None


def message_code(key: str, *, message_id: int) -> str:
    """The words by which anybody can check that a message is ours: 16 letters and figures."""
    return _signed(key, f"message:{message_id}")[:16]


def _signed(key: str, words: str) -> str:
    made = hmac.new(key.encode(), b"moderation:" + words.encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:15]).decode().lower()
