"""Digests of the body: Digest (RFC 3230) in one scheme, Content-Digest (RFC 9530) in the other."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from hmac import compare_digest

from watertower.federation.signatures.errors import DigestMismatch, MalformedSignature
from watertower.federation.signatures.structured import Item, parse_dictionary


def write_digest(body: bytes) -> str:
    """The value of Digest. In capitals: Threads answers 404 to anything else."""
    return f"SHA-256={b64encode(sha256(body).digest()).decode()}"


def write_content_digest(body: bytes) -> str:
    """The value of Content-Digest."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


def check_digest(value: str, *, body: bytes) -> None:
    """Require a SHA-256 of this body in a Digest. Raises DigestMismatch.

    Other algorithms may stand beside it and are not looked at; a second SHA-256 must agree.
    """
    parts = [part.strip().partition("=") for part in value.split(",")]
    values = [text for name, _, text in parts if name.lower() == "sha-256"]
    try:
        digests = [b64decode(text, validate=True) for text in values]
    except (NotBase64, ValueError):
        raise DigestMismatch from None
    require_equal(digests, body=body)


def check_content_digest(value: str, *, body: bytes) -> None:
    """Require a SHA-256 of this body in a Content-Digest. Raises DigestMismatch."""
    try:
        member = parse_dictionary(value).get("sha-256")
    except MalformedSignature:
        raise DigestMismatch from None
    digest = member.value if isinstance(member, Item) else None
    require_equal([digest] if isinstance(digest, bytes) else [], body=body)


def require_equal(digests: list[bytes], *, body: bytes) -> None:
    """There is a digest, and each is the body's."""
    expected = sha256(body).digest()
    if not digests or not all(compare_digest(digest, expected) for digest in digests):
        raise DigestMismatch
