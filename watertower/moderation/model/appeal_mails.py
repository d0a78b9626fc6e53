"""The address by which a mail finds the appeal of one decision. No I/O."""

import base64
import hashlib
import hmac

PREFIX = "appeal"


def appeal_reply_token(key: str, *, action_id: int) -> str:
    """What an address has to carry for a mail to reach the appeal. Letters may change case."""
    return f"{PREFIX}-{action_id:x}-{_signed(key, action_id)}"


def action_of_reply_token(key: str, token: str) -> int | None:
    """The action that this token speaks of; None if we never gave it."""
    parts = token.strip().lower().split("-")
    if len(parts) != 3 or parts[0] != PREFIX:
        return None
    try:
        action_id = int(parts[1], 16)
    except ValueError:
        return None
    expected = appeal_reply_token(key, action_id=action_id)
    given = token.strip().lower()
    return action_id if hmac.compare_digest(expected.encode(), given.encode()) else None


def _signed(key: str, action_id: int) -> str:
    words = f"moderation:appeal reply:{action_id}".encode()
    made = hmac.new(key.encode(), words, hashlib.sha256).digest()
    return base64.b32encode(made[:15]).decode().lower()
