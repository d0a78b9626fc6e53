"""RFC 9421: reading, what must be covered, and a published vector."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from watertower.federation.signatures.digest import write_content_digest
from watertower.federation.signatures.errors import SignatureRefused
from watertower.federation.signatures.keys import is_signed_with, public_key
from watertower.federation.signatures.rfc9421 import rfc9421_text, write_rfc9421
from watertower.federation.signatures.verify import signature_of

from .conftest import Signed

NOW = datetime(2026, 11, 6, 10, 20, 30, tzinfo=UTC)
CREATED = int(NOW.timestamp())
BODY = b'{"type":"Like"}'
KEY_ID = "https://peer.example/users/ann#main-key"
VALUES = {
    "@method": "POST",
    "@target-uri": "https://tower.example/inbox",
    "content-digest": write_content_digest(BODY),
}
ED25519_PEM = """-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----"""


@pytest.fixture
def signing(key_pair):
    """A request whose signature covers these parts, with some values changed."""

    def make(covered=tuple(VALUES), *, method="POST", target="/inbox", body=BODY, **changed):
        values = VALUES | {
            "@method": method,
            "@target-uri": f"https://tower.example{target}",
        }
        values |= {name.replace("_", "-"): value for name, value in changed.items()}
        header = write_rfc9421(
            key_id=KEY_ID,
            private_pem=key_pair[0],
            lines=[(name, values[name]) for name in covered],
            created=CREATED,
        )
        headers = [(name, value) for name, value in values.items() if name[0] != "@"]
        return Signed(method, target, (*headers, *header.items()), body, NOW, key_pair[1], KEY_ID)

    return make


def test_the_published_vector_b_2_6_holds():
    received = signature_of(
        "POST",
        "/foo?param=Value&Pet=dog",
        [
            ("Host", "example.com"),
            ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
            ("Content-Type", "application/json"),
            ("Content-Length", "18"),
            (
                "Signature-Input",
                (
                    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length")'
                    ';created=1618884473;keyid="test-key-ed25519"'
                ),
            ),
            (
                "Signature",
                (
                    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vu"
                    "Qv5lIp5WPpBKRCw==:"
                ),
            ),
        ],
    )
    text = rfc9421_text(received, host="example.com", scheme="https")
    assert is_signed_with(public_key(ED25519_PEM), signature=received.signature, text=text) is True


def test_a_delivery_must_cover_method_target_and_digest(signing):
    assert signing().refusal() is None
    for missing in VALUES:
        covered = tuple(name for name in VALUES if name != missing)
        assert signing(covered).refusal() == "NotCovered"


def test_a_fetch_needs_no_digest_unless_it_has_a_body(signing):
    covered = ("@method", "@target-uri")
    assert signing(covered, method="GET", body=b"").refusal() is None
    assert signing(covered, method="GET").refusal() == "NotCovered"


@pytest.mark.parametrize(
    "digest",
    [write_content_digest(b"other"), "sha-512=:eA==:", "sha-256=eA", "", "sha-256=(:eA==:)", "("],
)
def test_a_digest_that_is_not_the_bodys_is_refused(signing, digest):
    assert signing(content_digest=digest).refusal() == "DigestMismatch"


def test_the_query_is_part_of_the_target(signing):
    assert signing(target="/inbox?a=b").refusal() is None
    assert replace(signing(target="/inbox?a=b"), target="/inbox").refusal() == "WrongSignature"


def test_the_scheme_is_ours_and_not_the_requests(signing):
    assert replace(signing(), scheme="http").refusal() == "WrongSignature"


def test_two_signatures_are_malformed(signing):
    request = signing()
    name_and_input = request.header("Signature-Input")
    doubled = request.with_header(
        "Signature-Input", f"{name_and_input}, {name_and_input.replace('sig1', 'sig2')}"
    )
    assert doubled.refusal() == "MalformedSignature"
    signature = request.header("Signature")
    doubled = request.with_header("Signature", f"{signature}, {signature.replace('sig1', 'sig2')}")
    assert doubled.refusal() == "MalformedSignature"


REFUSED = {
    'sig1=("@method");keyid="k"': "MalformedSignature",
    'sig1=("@method");created=1': "MalformedSignature",
    'sig1=("@method");created="1";keyid="k"': "MalformedSignature",
    'sig1=("@method");created=?1;keyid="k"': "MalformedSignature",
    'sig1=("@method");created=1;keyid=""': "MalformedSignature",
    'sig1=("@method");created=1;keyid=:eA==:': "MalformedSignature",
    'sig1=("@method" "@method");created=1;keyid="k"': "MalformedSignature",
    'sig1=("Date");created=1;keyid="k"': "MalformedSignature",
    'sig1=("@method";req);created=1;keyid="k"': "NotCovered",
    'sig1=("date";bs);created=1;keyid="k"': "NotCovered",
    f'sig1=("@method" "@target-uri" "content-digest";sf);created={CREATED};keyid="k"': "NotCovered",
    'sig1=("@query-param";name="a");created=1;keyid="k"': "NotCovered",
    'sig1=("@status");created=1;keyid="k"': "NotCovered",
    'sig1=("@method");created=1;keyid="k";alg="hmac-sha256"': "UnknownAlgorithm",
    'sig1=("@method");created=1;keyid="k";alg="rsa-pss-sha512"': "UnknownAlgorithm",
    'sig1=("@method" "@target-uri" "content-digest");created=-5;keyid="k"': "MalformedSignature",
    'sig2=("@method");created=1;keyid="k"': "MalformedSignature",
    "sig1=1;created=1": "MalformedSignature",
    "": "MalformedSignature",
    "sig1=(": "MalformedSignature",
}


@pytest.mark.parametrize("value", REFUSED)
def test_what_cannot_be_read_or_computed_is_refused(signing, value):
    assert signing().with_header("Signature-Input", value).refusal() == REFUSED[value]


@pytest.mark.parametrize("value", ["", "sig1=eA", "sig1=::", 'sig1="eA=="', "sig1=(:eA==:)", "a"])
def test_a_signature_that_is_no_byte_sequence_is_malformed(signing, value):
    assert signing().with_header("Signature", value).refusal() == "MalformedSignature"


def test_an_rsa_algorithm_does_not_go_with_another_key(signing, a_request):
    assert replace(signing(), public_pem=ED25519_PEM).refusal() == "UnknownAlgorithm"
    rsa_pem = a_request("RFC 9421 rsa").public_pem
    assert replace(a_request("RFC 9421 ed25519"), public_pem=rsa_pem).refusal() == (
        "UnknownAlgorithm"
    )


def test_every_refusal_has_a_status_that_makes_senders_try_their_other_scheme():
    kinds = [SignatureRefused, *SignatureRefused.__subclasses__()]
    assert {kind.status for kind in kinds} == {400, 401}
