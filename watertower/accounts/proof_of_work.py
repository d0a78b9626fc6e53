"""A little work that a browser does to sign up, asked for only while sign-ups are abused. Pure.

No third party is asked and nothing is learned about anybody. A challenge is good for half an
hour and once; whoever cannot or will not do the work is looked at by a person instead.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

BITS = 18  # about 260,000 hashes: a second or two on a phone
LASTS = timedelta(minutes=30)


def new_challenge(key: str, *, now: datetime) -> str:
    """A challenge that we know again."""
    said = f"{int(now.timestamp())}.{secrets.token_urlsafe(12)}"
    return f"{said}.{_seal(key, said)}"


def is_solved(key: str, challenge: str, answer: str, *, now: datetime, bits: int = BITS) -> bool:
    """Whether the challenge is ours and recent, and the answer solves it."""
    said, _, seal = challenge.rpartition(".")
    began = said.partition(".")[0]
    if not (began.isascii() and began.isdigit() and len(began) <= 12 and len(answer) <= 20):
        return False
    if not hmac.compare_digest(seal.encode(), _seal(key, said).encode()):
        return False
    age = now.timestamp() - int(began)
    if not -60 <= age <= LASTS.total_seconds():
        return False
    digest = hashlib.sha256(f"{challenge}:{answer}".encode("utf-8", "replace")).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0


def _seal(key: str, said: str) -> str:
    return hmac.new(key.encode(), b"proof of work:" + said.encode(), hashlib.sha256).hexdigest()[
        :32
    ]
