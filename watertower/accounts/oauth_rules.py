"""Pure rules of OAuth: redirect addresses, PKCE."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f\\]")
LOOPBACK = frozenset({"127.0.0.1", "::1"})
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # SHA-256 in base64url, RFC 7636 section 4.2
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # RFC 7636 section 4.1


def is_registered(redirect_uri: str, registered: Sequence[str]) -> bool:
    """Whether the address was registered: letter by letter, or on loopback with another port.

    Apps on a desktop learn their port only when they run (RFC 8252 section 7.3).
    """
    if redirect_uri in registered:
        return True
    if NOT_IN_ADDRESSES.search(redirect_uri):
        return False  # urlsplit drops these, and what it compares is not what would be sent
    bare = _without_port(redirect_uri)
    return bare is not None and any(_without_port(uri) == bare for uri in registered)


def _without_port(uri: str) -> tuple[str, ...] | None:
    """A loopback http address without its port; None for all others."""
    try:
        parts = urlsplit(uri)
        parts.port  # noqa: B018  # raises ValueError when it is no number
    except ValueError:
        return None
    if parts.scheme != "http" or parts.hostname not in LOOPBACK or "@" in parts.netloc:
        return None
    return parts.scheme, parts.hostname or "", parts.path, parts.query, parts.fragment


def location_of(redirect_uri: str, **params: str | None) -> str:
    """The app's address with these parameters added to its query; None is left out."""
    added = urlencode({name: value for name, value in params.items() if value is not None})
    # Added by hand: urlunsplit drops the slashes of `myapp://` and `myapp:///done`. There is no
    # fragment to mind, because none can be registered.
    if not added or redirect_uri.endswith(("?", "&")):
        return redirect_uri + added
    return f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{added}"


def is_challenge(text: str) -> bool:
    """Whether this can be a code challenge of method S256."""
    return bool(_CHALLENGE.fullmatch(text))


def fits_challenge(verifier: str | None, challenge: str | None) -> bool:
    """Whether the verifier belongs to the challenge (RFC 7636 section 4.6).

    A verifier without a challenge does not fit either: somebody took the challenge out
    (RFC 9700 section 2.1.1).
    """
    if challenge is None or verifier is None:
        return challenge is None and verifier is None
    if not _VERIFIER.fullmatch(verifier):
        return False
    made = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    return secrets.compare_digest(made, challenge.encode())
