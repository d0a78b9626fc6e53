"""Canonical JSON (RFC 8785), Multikeys, and proofs inside activities (FEP-8b32)."""

from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from watertower.federation.signatures.integrity import is_proved_by
from watertower.federation.signatures.jcs import canonical_json, number_text
from watertower.federation.signatures.multikey import BASE58, base58_bytes, ed25519_pem

# The key pair and the multikey of the test vectors of FEP-8b32.
MULTIKEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"


def base58(data):
    number, text = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        text = BASE58[rest] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def multikey_of(private):
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "z" + base58(b"\xed\x01" + raw)


def proved(document, private, key_id, **more):
    """The document with a proof, as FEP-8b32 says."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2026-11-23T06:00:00Z",
        "verificationMethod": key_id,
        "proofPurpose": "assertionMethod",
        **({"@context": document["@context"]} if "@context" in document else {}),
        **more,
    }
    text = sha256(canonical_json(options)).digest() + sha256(canonical_json(document)).digest()
    return document | {"proof": options | {"proofValue": "z" + base58(private.sign(text))}}


# The table of RFC 8785, appendix B, and JavaScript's borders.
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (5e-324, "5e-324"), (-5e-324, "-5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (9007199254740992.0, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"), (1e21, "1e+21"), (1e20, "100000000000000000000"),
        (9.999999999999997e22, "9.999999999999997e+22"), (1e23, "1e+23"), (0.000001, "0.000001"),
        (1e-7, "1e-7"), (333333333.33333329, "333333333.3333333"), (-0.0000033333333333333333, "-0.0000033333333333333333"),
        (4.5, "4.5"), (2e-3, "0.002"), (1424953923781206.2, "1424953923781206.2"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_javascript_does(value, text):
    assert number_text(value) == text


def test_names_are_sorted_as_javascript_sorts_and_text_is_escaped_as_little_as_possible():
    # RFC 8785, 3.2.3 and 3.2.2.
    names = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert canonical_json(names).decode() == (
        '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\U0001f600":5,"\ufb33":3}'
    )
    text = '\u20ac$\u000f\nA\'B"\\"/'
    assert canonical_json([text, 56, True, None]).decode() == (
        '["\u20ac$\\u000f\\nA\'B\\"\\\\\\"/",56,true,null]'
    )
    for bad in (float("nan"), "\ud800", object()):
        with pytest.raises(ValueError):
            canonical_json([bad])


def test_a_multikey_is_read_and_others_are_not():
    private = Ed25519PrivateKey.generate()

    assert base58_bytes("1112") == b"\0\0\0\x01"
    assert ed25519_pem(MULTIKEY).startswith("-----BEGIN PUBLIC KEY-----")
    assert (
        ed25519_pem(multikey_of(private))
        == private.public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
    for bad in (None, 5, "", "z", "z0", MULTIKEY[1:], "u" + MULTIKEY[1:], MULTIKEY[:-1], "z" * 500):
        assert ed25519_pem(bad) is None


def test_the_vector_of_the_proposal_holds():
    # FEP-8b32, "Test vectors", feature eddsa-jcs-2022.
    document = {
        "@context": [
            "https://www.w3.org/ns/activitystreams",
            "https://w3id.org/security/data-integrity/v1",
        ],
        "id": "https://server.example/activities/1",
        "type": "Create",
        "actor": "https://server.example/users/alice",
        "object": {
            "id": "https://server.example/objects/1",
            "type": "Note",
            "attributedTo": "https://server.example/users/alice",
            "content": "Hello world",
            "location": {"type": "Place", "longitude": -71.184902, "latitude": 25.273962},
        },
        "proof": {
            "@context": [
                "https://www.w3.org/ns/activitystreams",
                "https://w3id.org/security/data-integrity/v1",
            ],
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "verificationMethod": "https://server.example/users/alice#ed25519-key",
            "proofPurpose": "assertionMethod",
            "proofValue": "zLaewdp4H9kqtwyrLatK4cjY5oRHwVcw4gibPSUDYDMhi4M49v8pcYk3ZB6D69dNpAPbUmY8ocuJ3m9KhKJEEg7z",
            "created": "2023-02-24T23:36:38Z",
        },
    }

    assert is_proved_by(document, public_pem=ed25519_pem(MULTIKEY))


@pytest.mark.parametrize("wrong", ["content", "options", "context", "value", "key", "suite"])
def test_a_proof_of_something_else_is_none(wrong):
    private, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    pem = ed25519_pem(multikey_of(private))
    good = proved({"@context": "https://x", "content": "a", "n": 1.5}, private, "https://x/k")
    assert is_proved_by(good, public_pem=pem)

    if wrong == "content":
        good["content"] = "b"
    elif wrong == "options":
        good["proof"]["created"] = "2026-11-23T07:00:00Z"
    elif wrong == "context":
        good["@context"] = "https://y"
    elif wrong == "value":
        good["proof"]["proofValue"] = "z" + "1" * 64
    elif wrong == "suite":
        good["proof"]["cryptosuite"] = "eddsa-rdfc-2022"
    else:
        pem = ed25519_pem(multikey_of(other))
    assert not is_proved_by(good, public_pem=pem)
