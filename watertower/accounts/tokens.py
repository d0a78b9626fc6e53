"""Secrets that are shown once and kept as a hash: access tokens, codes, links, cookies."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, as 43 characters fit for addresses and headers."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    """What the database keeps. The token is random, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
