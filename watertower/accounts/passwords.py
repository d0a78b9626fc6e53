"""Hashing and checking passwords, away from the event loop.

New hashes are Argon2id with OWASP's second profile (19 MiB, 2 passes, 1 lane): about 30 ms of
one core. Hashes that came from a Mastodon database (bcrypt) are checked too and replaced at the
next sign-in.
"""

import asyncio
import secrets
from functools import cache

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Each hash under way holds 19 MiB; more at once would not finish sooner.
_at_once = asyncio.Semaphore(4)

SHORTEST, LONGEST = 8, 256  # characters
BCRYPT_BYTES = 72  # bcrypt reads no further


async def hash_password(password: str) -> str:
    """An Argon2id hash in PHC form."""
    async with _at_once:
        return await asyncio.to_thread(_hasher.hash, _bytes(password))


async def is_right_password(stored: str | None, password: str) -> bool:
    """Whether this is the password. With None the same work is done and the answer is no.

    Doing the work for unknown logins keeps the time of an answer from telling who exists.
    """
    async with _at_once:
        if stored is None:
            await asyncio.to_thread(_matches, _stand_in(), _bytes(password))
            return False
        return await asyncio.to_thread(_matches, stored, _bytes(password))


def is_outdated(stored: str) -> bool:
    """Whether the hash should be made anew at the next chance: bcrypt, or weaker settings."""
    return not stored.startswith("$argon2id$") or _hasher.check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")[: LONGEST * 4]


def _matches(stored: str, password: bytes) -> bool:
    if stored.startswith("$2"):
        return bcrypt.checkpw(password[:BCRYPT_BYTES], stored.encode())
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _stand_in() -> str:
    return _hasher.hash(secrets.token_hex())
