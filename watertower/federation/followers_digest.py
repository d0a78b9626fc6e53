"""The header of followers synchronisation (FEP-8fcf): written, read, and its digest. No I/O.

`Collection-Synchronization: collectionId="…", url="…", digest="…"` says which followers of the
sender live on the receiving server: the XOR of the SHA-256 of their ids, in hex.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from watertower.federation.reading import uri_of

HEADER = "Collection-Synchronization"
HEADER_LIMIT_CHARACTERS = 8_000
_PART = re.compile(r'\s*([A-Za-z]+)="([^"\\]*)"\s*')
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Announced:
    """What a sender says of its followers here."""

    collection_id: str
    url: str
    digest: str


def digest_of(uris: Iterable[str]) -> str:
    """The digest of these ids; of none it is 64 zeros."""
    found = 0
    for uri in set(uris):
        found ^= int.from_bytes(hashlib.sha256(uri.encode()).digest())
    return f"{found:064x}"


def write_header(*, followers_url: str, url: str, digest: str) -> str:
    """The value of the header."""
    return f'collectionId="{followers_url}", url="{url}", digest="{digest}"'


def read_header(value: str) -> Announced | None:
    """What the header says, or None if it says nothing usable."""
    if len(value) > HEADER_LIMIT_CHARACTERS:
        return None
    found = {}
    for part in value.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        found[match[1].lower()] = match[2]
    collection_id, url = uri_of(found.get("collectionid")), uri_of(found.get("url"))
    digest = found.get("digest", "").lower()
    if collection_id is None or url is None or not _DIGEST.fullmatch(digest):
        return None
    return Announced(collection_id, url, digest)


def origin_of(url: str) -> str:
    """Scheme and host of an address: followers with this beginning live there."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"
