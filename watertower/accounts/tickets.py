"""What is signed or encrypted with the server's own key: tickets between two steps, secrets."""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from watertower.base.secrets import Secrets


def _key_for(secrets: Secrets, purpose: str) -> bytes:
    """A key of its own for each purpose (RFC 5869)."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"watertower {purpose}".encode())
    return derive.derive(secrets.key.encode())


def sign_ticket(secrets: Secrets, *, purpose: str, says: Any, until: datetime) -> str:
    """A text that only we can have made, good until then. What it says can be read by anybody."""
    body = msgspec.json.encode([says, int(until.timestamp())])
    mark = hmac.digest(_key_for(secrets, purpose), body, hashlib.sha256)
    return base64.urlsafe_b64encode(mark + body).decode().rstrip("=")


def read_ticket(secrets: Secrets, *, purpose: str, ticket: str, now: datetime) -> Any:
    """What the ticket says; None if it is not ours, for something else, or too old."""
    try:
        raw = base64.b64decode(ticket + "=" * (-len(ticket) % 4), altchars=b"-_", validate=True)
    except (ValueError, UnicodeEncodeError):
        return None
    mark, body = raw[:32], raw[32:]
    if not hmac.compare_digest(mark, hmac.digest(_key_for(secrets, purpose), body, hashlib.sha256)):
        return None
    says, until = msgspec.json.decode(body)
    return says if now.timestamp() < until else None


def seal(secrets: Secrets, *, purpose: str, text: str) -> str:
    """The text, encrypted for the database."""
    return _fernet(secrets, purpose).encrypt(text.encode()).decode()


def unseal(secrets: Secrets, *, purpose: str, sealed: str) -> str | None:
    """The text again; None if it was sealed with another key (secrets.json was replaced)."""
    try:
        return _fernet(secrets, purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def _fernet(secrets: Secrets, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key_for(secrets, purpose)))
