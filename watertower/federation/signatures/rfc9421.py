"""RFC 9421, HTTP Message Signatures, with the two algorithms the fediverse uses."""

from collections.abc import Sequence
from datetime import datetime

from watertower.federation.signatures.digest import check_content_digest
from watertower.federation.signatures.errors import (
    MalformedSignature,
    NotCovered,
    UnknownAlgorithm,
)
from watertower.federation.signatures.keys import sign_text
from watertower.federation.signatures.request import (
    ReceivedSignature,
    RequestHead,
    as_bytes,
    authority,
)
from watertower.federation.signatures.structured import (
    InnerList,
    Item,
    parse_dictionary,
    write_bare,
    write_inner_list,
)
from watertower.federation.signatures.window import check_time, moment

RSA, ED25519 = "rsa-v1_5-sha256", "ed25519"
DERIVED = frozenset(
    {"@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query"}
)


def read_rfc9421(head: RequestHead) -> ReceivedSignature:
    """Read Signature-Input and Signature; there must be exactly one.

    Raises MalformedSignature, UnknownAlgorithm, or NotCovered for a component we cannot
    compute (`;req`, `;bs`, @query-param, …): all of them make the sender try its other scheme.
    """
    inputs = parse_dictionary(head.header("signature-input"))
    signatures = parse_dictionary(head.headers.get("signature", ""))
    if len(inputs) != 1 or inputs.keys() != signatures.keys():
        raise MalformedSignature
    ((label, covered),) = inputs.items()
    member = signatures[label]
    signature = member.value if isinstance(member, Item) else None
    if not isinstance(covered, InnerList) or not isinstance(signature, bytes) or not signature:
        raise MalformedSignature
    parameters = covered.parameters
    key_id, created, expires = (parameters.get(name) for name in ("keyid", "created", "expires"))
    algorithm = parameters.get("alg", "")
    if not isinstance(key_id, str) or not key_id or type(created) is not int:
        raise MalformedSignature
    if not isinstance(algorithm, str) or type(expires) not in {int, type(None)}:
        raise MalformedSignature
    if algorithm not in {"", RSA, ED25519}:
        raise UnknownAlgorithm
    return ReceivedSignature(
        scheme="rfc9421",
        key_id=key_id,
        algorithm=algorithm,
        components=read_components(covered),
        signature=signature,
        head=head,
        created_text=str(created),
        expires_text="" if expires is None else str(expires),
        parameters=write_inner_list(covered),
    )


def read_components(covered: InnerList) -> tuple[str, ...]:
    """The names of the covered parts, each once and each one that we can compute."""
    names = []
    for item in covered.items:
        name = item.value
        if not isinstance(name, str) or name != name.lower() or name in names:
            raise MalformedSignature
        if item.parameters or (name.startswith("@") and name not in DERIVED):
            raise NotCovered
        names.append(name)
    return tuple(names)


def check_rfc9421(received: ReceivedSignature, *, body: bytes, now: datetime) -> None:
    """Require Mastodon's coverage, a valid time and a true digest (federation facts, 6)."""
    covered = set(received.components)
    if not {"@method", "@target-uri"} <= covered:
        raise NotCovered
    is_reading = received.head.method in {"GET", "HEAD"}
    if (not is_reading or body) and "content-digest" not in covered:
        raise NotCovered
    expires = moment(int(received.expires_text)) if received.expires_text else None
    check_time(created=moment(int(received.created_text)), expires=expires, now=now)
    if "content-digest" in covered:
        check_content_digest(received.head.header("content-digest"), body=body)


def rfc9421_text(received: ReceivedSignature, *, host: str, scheme: str) -> bytes:
    """The signature base (2.5). Raises NotCovered when a listed header is absent."""
    head = received.head
    path, question_mark, query = head.target.partition("?")
    our_authority = authority(host, scheme=scheme)
    special = {
        "@method": head.method,
        "@target-uri": f"{scheme}://{our_authority}{head.target}",
        "@authority": our_authority,
        "@scheme": scheme,
        "@request-target": head.target,
        "@path": path or "/",
        "@query": f"{question_mark or '?'}{query}",
        "host": head.host_for(host, scheme=scheme),
    }
    lines = []
    for name in received.components:
        value = special[name] if name in special else head.header(name)
        lines.append(f"{write_bare(name)}: {value}")
    return as_bytes([*lines, f'"@signature-params": {received.parameters}'])


def write_rfc9421(
    *, key_id: str, private_pem: str, lines: Sequence[tuple[str, str]], created: int
) -> dict[str, str]:
    """Signature-Input and Signature over these names and values, in this order."""
    covered = InnerList(
        tuple(Item(name) for name, _ in lines), {"created": created, "keyid": key_id, "alg": RSA}
    )
    parameters = write_inner_list(covered)
    text = as_bytes(
        [
            *(f"{write_bare(name)}: {value}" for name, value in lines),
            f'"@signature-params": {parameters}',
        ]
    )
    return {
        "Signature-Input": f"sig1={parameters}",
        "Signature": f"sig1={write_bare(sign_text(private_pem, text))}",
    }
