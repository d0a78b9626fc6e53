"""Proving who sent a request. The gate of the inbox and of signed fetches comes here.

Three steps, so that nothing is fetched for a signature that cannot hold: `signature_of` reads
it, `check_form` applies every rule that needs no key, `verify` does the rest. That the key
belongs to the actor of the activity is for the gate to check.
"""

from collections.abc import Iterable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from watertower.federation.signatures.cavage import cavage_texts, check_cavage, read_cavage
from watertower.federation.signatures.errors import (
    MalformedSignature,
    NotSigned,
    UnknownAlgorithm,
    WrongSignature,
)
from watertower.federation.signatures.keys import is_signed_with, public_key
from watertower.federation.signatures.request import ReceivedSignature, read_head
from watertower.federation.signatures.rfc9421 import (
    ED25519,
    RSA,
    check_rfc9421,
    read_rfc9421,
    rfc9421_text,
)

HEADERS_LIMIT_CHARACTERS = 16_384


def signature_of(
    method: str, path_and_query: str, headers: Iterable[tuple[str, str]]
) -> ReceivedSignature:
    """Read the request's one signature, of either scheme.

    `path_and_query` is as it came over the wire, not decoded; header values are decoded as
    latin-1. Raises NotSigned (401), MalformedSignature (400), UnknownAlgorithm or NotCovered.
    """
    head = read_head(method, path_and_query, headers)
    if "signature" not in head.headers and "signature-input" not in head.headers:
        raise NotSigned
    written = head.headers.get("signature", "") + head.headers.get("signature-input", "")
    if len(written) > HEADERS_LIMIT_CHARACTERS:
        raise MalformedSignature
    return read_rfc9421(head) if "signature-input" in head.headers else read_cavage(head)


def check_form(received: ReceivedSignature, *, body: bytes, now: datetime) -> None:
    """Every rule that needs no key: what is covered, when it was signed, the body's digest.

    Call it before fetching a key. Raises NotCovered, OutsideItsTime, DigestMismatch or
    MalformedSignature.
    """
    check = check_rfc9421 if received.scheme == "rfc9421" else check_cavage
    check(received, body=body, now=now)


def verify(
    received: ReceivedSignature,
    *,
    public_pem: str,
    body: bytes,
    host: str,
    now: datetime,
    scheme: str = "https",
) -> None:
    """Return if the owner of this key sent this request to us, now, with this body.

    `host` (with its port, if not the usual one) and `scheme` are how others address us, from
    the settings and never from the request. Raises subclasses of SignatureRefused.
    """
    check_form(received, body=body, now=now)
    key = public_key(public_pem)
    is_rsa = isinstance(key, RSAPublicKey)
    if received.algorithm in {RSA, "rsa-sha256"} and not is_rsa:
        raise UnknownAlgorithm
    if received.algorithm == ED25519 and is_rsa:
        raise UnknownAlgorithm
    if received.scheme == "rfc9421":
        texts = [rfc9421_text(received, host=host, scheme=scheme)]
    else:
        texts = cavage_texts(received, host=host, scheme=scheme)
    if not any(is_signed_with(key, signature=received.signature, text=text) for text in texts):
        raise WrongSignature
