"""draft-cavage-http-signatures-12, the way the fediverse uses it.

`hs2019` with an RSA key means RSASSA-PKCS1-v1_5 with SHA-256, whatever the draft says: this is
what Mastodon, GoToSocial and all others send.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from watertower.federation.signatures.digest import check_digest
from watertower.federation.signatures.errors import (
    MalformedSignature,
    NotCovered,
    UnknownAlgorithm,
)
from watertower.federation.signatures.keys import sign_text
from watertower.federation.signatures.request import ReceivedSignature, RequestHead, as_bytes
from watertower.federation.signatures.window import check_time, moment

ALGORITHMS = frozenset({"rsa-sha256", "hs2019"})
PARAMETER = re.compile(r'\s*([A-Za-z]+)=(?:"((?:[^"\\]|\\.)*)"|([0-9]+))\s*(,|\Z)')
COMPONENTS_LIMIT = 32


def read_cavage(head: RequestHead) -> ReceivedSignature:
    """Read the Signature header. Raises MalformedSignature or UnknownAlgorithm."""
    parameters = read_parameters(head.header("signature"))
    algorithm = parameters.get("algorithm", "hs2019").lower()
    if algorithm not in ALGORITHMS:
        raise UnknownAlgorithm
    components = tuple(parameters.get("headers", "date").lower().split())
    is_repeated = len(set(components)) != len(components)
    if not components or is_repeated or len(components) > COMPONENTS_LIMIT:
        raise MalformedSignature
    if algorithm == "rsa-sha256" and {"(created)", "(expires)"} & set(components):
        raise MalformedSignature  # The draft forbids it (2.3).
    try:
        signature = b64decode(parameters.get("signature", ""), validate=True)
    except (NotBase64, ValueError):
        raise MalformedSignature from None
    if not signature or not parameters.get("keyId"):
        raise MalformedSignature
    return ReceivedSignature(
        scheme="cavage",
        key_id=parameters["keyId"],
        algorithm=algorithm,
        components=components,
        signature=signature,
        head=head,
        created_text=parameters.get("created", ""),
        expires_text=parameters.get("expires", ""),
    )


def read_parameters(text: str) -> dict[str, str]:
    """The header's parameters. A repeated one is malformed, so two signatures are too."""
    found: dict[str, str] = {}
    at, more = 0, True
    while more:
        match = PARAMETER.match(text, at)
        if match is None or match[1] in found:
            raise MalformedSignature
        quoted, plain = match[2], match[3]
        found[match[1]] = plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        at, more = match.end(), match[4] == ","
    return found


def check_cavage(received: ReceivedSignature, *, body: bytes, now: datetime) -> None:
    """Require Mastodon's coverage, a valid time and a true digest (federation facts, 6)."""
    covered = set(received.components)
    if not covered & {"date", "(created)"} or not covered & {"digest", "(request-target)"}:
        raise NotCovered
    is_reading = received.head.method in {"GET", "HEAD"}
    if is_reading and "host" not in covered:
        raise NotCovered
    if (not is_reading or body) and "digest" not in covered:
        raise NotCovered
    expires = read_seconds(received.expires_text) if "(expires)" in covered else None
    check_time(created=created_at(received), expires=expires, now=now)
    if "digest" in covered:
        check_digest(received.head.header("digest"), body=body)


def created_at(received: ReceivedSignature) -> datetime:
    """When it was signed: `created` if covered, else the Date header."""
    if "(created)" in received.components:
        return read_seconds(received.created_text)
    try:
        date = parsedate_to_datetime(received.head.header("date"))
    except (ValueError, TypeError, OverflowError):
        raise MalformedSignature from None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def read_seconds(text: str) -> datetime:
    """A Unix time from a parameter; an absent or absurd one is malformed."""
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise MalformedSignature
    return moment(int(text))


def cavage_texts(received: ReceivedSignature, *, host: str, scheme: str) -> list[bytes]:
    """The texts that may have been signed: with the query, and without it as old servers do."""
    target = received.head.target
    targets = dict.fromkeys((target, target.partition("?")[0]))
    return [cavage_text(received, target=each, host=host, scheme=scheme) for each in targets]


def cavage_text(received: ReceivedSignature, *, target: str, host: str, scheme: str) -> bytes:
    """The text to sign (2.3). Raises NotCovered when a listed header is absent."""
    special = {
        "(request-target)": f"{received.head.method.lower()} {target}",
        "(created)": received.created_text,
        "(expires)": received.expires_text,
        "host": received.head.host_for(host, scheme=scheme),
    }
    lines = []
    for name in received.components:
        value = special[name] if name in special else received.head.header(name)
        lines.append(f"{name}: {value}")
    return as_bytes(lines)


def write_cavage(
    *, key_id: str, private_pem: str, lines: Sequence[tuple[str, str]]
) -> dict[str, str]:
    """The Signature header over these names and values, in this order."""
    text = as_bytes(f"{name}: {value}" for name, value in lines)
    signature = b64encode(sign_text(private_pem, text)).decode()
    names = " ".join(name for name, _ in lines)
    return {
        "Signature": f'keyId="{key_id}",algorithm="rsa-sha256",headers="{names}",signature="{signature}"'
    }
