"""draft-cavage-12: reading the header, and what must be covered."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from watertower.federation.signatures.cavage import write_cavage
from watertower.federation.signatures.digest import write_digest
from watertower.federation.signatures.errors import MalformedSignature, UnknownAlgorithm
from watertower.federation.signatures.verify import signature_of

from .conftest import Signed

NOW = datetime(2026, 11, 6, 10, 20, 30, tzinfo=UTC)
BODY = b'{"type":"Like"}'
VALUES = {
    "(request-target)": "post /inbox",
    "host": "tower.example",
    "date": "Fri, 06 Nov 2026 10:20:30 GMT",
    "digest": write_digest(BODY),
    "content-type": "application/activity+json",
}
KEY_ID = "https://peer.example/users/ann#main-key"
ALL = "(request-target) host date digest"


@pytest.fixture
def signing(key_pair):
    """A request whose signature covers these parts, with some values changed."""

    def make(covered=ALL, *, method="POST", target="/inbox", body=BODY, at=NOW, **changed):
        values = VALUES | {"(request-target)": f"{method.lower()} {target}"}
        values |= {name.replace("_", "-"): value for name, value in changed.items()}
        lines = [(name, values[name]) for name in covered.split()]
        header = write_cavage(key_id=KEY_ID, private_pem=key_pair[0], lines=lines)
        headers = [(name, value) for name, value in values.items() if name[0] != "("]
        return Signed(method, target, (*headers, *header.items()), body, at, key_pair[1], KEY_ID)

    return make


@pytest.mark.parametrize(
    ("covered", "expected"),
    [
        (ALL, None),
        (ALL + " content-type", None),
        ("date digest", None),
        ("(request-target) host date", "NotCovered"),
        ("(request-target) host digest", "NotCovered"),
        ("host date", "NotCovered"),
        ("date", "NotCovered"),
    ],
)
def test_a_delivery_must_cover_a_date_and_the_digest(signing, covered, expected):
    assert signing(covered).refusal() == expected


@pytest.mark.parametrize(
    ("covered", "expected"),
    [
        ("(request-target) host date", None),
        ("host date digest", None),
        ("(request-target) date", "NotCovered"),
        ("(request-target) host", "NotCovered"),
        ("host date", "NotCovered"),
    ],
)
def test_a_fetch_must_cover_the_host(signing, covered, expected):
    for method in ("GET", "HEAD"):
        request = signing(covered, method=method, body=b"", digest=write_digest(b""))
        assert request.refusal() == expected


def test_a_fetch_with_a_body_must_cover_its_digest(signing):
    assert signing("(request-target) host date", method="GET").refusal() == "NotCovered"
    assert signing(ALL, method="GET").refusal() is None


@pytest.mark.parametrize(
    "digest",
    [
        write_digest(b"other"),
        "SHA-256=",
        "SHA-256=!!!",
        "SHA-512=abc",
        "",
        "MD5=abc",
        write_digest(BODY) + "," + write_digest(b"other"),
    ],
)
def test_a_digest_that_is_not_the_bodys_is_refused(signing, digest):
    assert signing(digest=digest).refusal() == "DigestMismatch"


def test_a_digest_may_stand_beside_others_and_in_any_case(signing):
    digest = write_digest(BODY)
    assert signing(digest=f"MD5=abc, {digest}").refusal() is None
    assert signing(digest=digest.replace("SHA", "sha")).refusal() is None


def test_a_listed_header_that_is_absent_is_not_covered(signing):
    for name in ("Digest", "Date"):
        assert signing().with_header(name, None).refusal() == "NotCovered"
    request = signing(ALL + " content-type").with_header("Content-Type", None)
    assert request.refusal() == "NotCovered"


def test_a_target_may_be_signed_without_its_query_but_not_with_another(signing):
    assert signing(target="/inbox?a=b").refusal() is None
    assert replace(signing(), target="/inbox?a=b").refusal() is None
    assert replace(signing(target="/inbox?a=b"), target="/inbox?a=c").refusal() == "WrongSignature"
    assert replace(signing(target="/inbox?a=b"), target="/inbox").refusal() == "WrongSignature"
    assert replace(signing(), target="/other").refusal() == "WrongSignature"


def test_repeated_headers_are_joined(signing):
    request = signing(ALL + " content-type", content_type="a, b").with_header("Content-Type", "a ")
    assert replace(request, headers=(*request.headers, ("content-type", " b"))).refusal() is None
    assert request.refusal() == "WrongSignature"


def test_hosts_may_be_spelt_with_their_port_or_in_capitals(signing):
    assert signing(host="Tower.example:443").refusal() is None
    local = replace(signing(host="localhost:3000"), host="localhost:3000", scheme="http")
    assert local.refusal() is None
    assert replace(local, host="localhost:4000").refusal() == "WrongSignature"


@pytest.mark.parametrize("date", ["", "yesterday", "Fri, 99 Nov 2026 10:20:30 GMT", "1793960430"])
def test_an_unreadable_date_is_malformed(signing, date):
    assert signing(date=date).refusal() == "MalformedSignature"


def with_signature(value):
    return signature_of("POST", "/inbox", [("Signature", value)])


@pytest.mark.parametrize(
    "value",
    [
        "",
        "a",
        "=",
        'keyId="a"',
        'signature="eA=="',
        'keyId="",signature="eA=="',
        'keyId="a",signature=""',
        'keyId="a",signature="eA"',
        'keyId="a",signature="e!A="',
        'keyId="a",keyId="b",signature="eA=="',
        'keyId="a",signature="eA==",',
        'keyId="a",signature="eA==",headers=""',
        'keyId="a",signature="eA==" trailing',
        'keyId="a",signature="eA==",headers="date date"',
        'keyId=a,signature="eA=="',
        'keyId="a",signature="eA==", keyId="a",signature="eA=="',
        'keyId="a,signature="eA=="',
        'keyId="a",algorithm="rsa-sha256",created=1,headers="(created)",signature="eA=="',
        f'keyId="a",headers="{" ".join(f"h{n}" for n in range(40))}",signature="eA=="',
    ],
)
def test_what_cannot_be_read_is_malformed(value):
    with pytest.raises(MalformedSignature):
        with_signature(value)


@pytest.mark.parametrize("algorithm", ["rsa-sha1", "hmac-sha256", "none", "rsa-sha512", ""])
def test_other_algorithms_are_not_supported(algorithm):
    with pytest.raises(UnknownAlgorithm):
        with_signature(f'keyId="a",algorithm="{algorithm}",signature="eA=="')


def test_spaces_and_order_and_escapes_are_free():
    received = with_signature(' signature="eA==" , headers="Date  HOST", keyId="a\\"b"')
    assert (received.key_id, received.components, received.signature, received.algorithm) == (
        'a"b',
        ("date", "host"),
        b"x",
        "hs2019",
    )


def test_two_signature_headers_are_malformed(signing):
    request = signing()
    doubled = (*request.headers, ("Signature", request.header("Signature")))
    assert replace(request, headers=doubled).refusal() == "MalformedSignature"


@pytest.mark.parametrize("created", ["", "created=99999999999999,", 'created="x",', "created=1.5,"])
def test_a_created_that_is_absent_or_absurd_is_malformed(signing, created):
    header = f'keyId="a",{created}headers="(created) digest",signature="eA=="'
    assert signing().with_header("Signature", header).refusal() == "MalformedSignature"


def test_an_expiry_that_is_not_covered_does_not_prolong_a_life(signing):
    request = signing()
    value = request.header("Signature") + ",expires=1899999999"
    later = NOW.replace(hour=12)
    assert request.with_header("Signature", value).refusal() is None
    assert request.with_header("Signature", value).refusal(later) == "OutsideItsTime"
