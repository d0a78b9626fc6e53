"""Verifying: what holds, and that nothing which was covered can be changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watertower.base.errors import Refused
from watertower.federation.signatures.errors import (
    MalformedSignature,
    NotSigned,
    SignatureRefused,
)
from watertower.federation.signatures.verify import check_form, signature_of, verify

many = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_requests_signed_by_others_hold(signed):
    assert signed.received().key_id == signed.key_id
    assert signed.refusal() is None


@many
@given(data=st.data())
def test_a_changed_byte_in_a_covered_part_never_holds(signed, data):
    received = signed.received()
    covered = [name for name, _ in signed.headers if name.lower() in received.components]
    covered = [name for name in covered if name.lower() != "host"]  # our own name counts instead
    parts = [*covered, "target", "method", "host", "signature"] + (["body"] if signed.body else [])
    part = data.draw(st.sampled_from(parts))
    if part == "signature":
        changed = replace(received, signature=flipped(received.signature, data))
        with pytest.raises(SignatureRefused):
            verify(
                changed,
                public_pem=signed.public_pem,
                body=signed.body,
                host=signed.host,
                now=signed.at,
            )
        return
    if part == "body":
        changed = replace(signed, body=flipped(signed.body, data))
    elif part in {"target", "method", "host"}:
        changed = replace(signed, **{part: another(getattr(signed, part), data)})
    else:
        changed = signed.with_header(part, another(signed.header(part), data))
    assert changed.refusal() is not None


@many
@given(data=st.data())
def test_a_changed_character_in_the_signature_parameters_never_holds(signed, data):
    name = "Signature-Input" if signed.received().scheme == "rfc9421" else "Signature"
    text = signed.header(name)
    changed = signed.with_header(name, another(text, data))
    is_same_key_and_parts = (
        changed.refusal() is None
        and changed.received().components == signed.received().components
        and changed.received().signature == signed.received().signature
    )
    # What a draft-cavage signature does not cover: who signed, and spaces. The gate looks the
    # key up by its id, so another id means another key.
    assert changed.refusal() is not None or (name == "Signature" and is_same_key_and_parts)


def flipped(content, data):
    at = data.draw(st.integers(0, len(content) - 1))
    mask = data.draw(st.integers(1, 255))
    return content[:at] + bytes([content[at] ^ mask]) + content[at + 1 :]


def another(text, data):
    """The text with one character replaced by a different printable one, whatever the case."""
    at = data.draw(st.integers(0, len(text) - 1))
    printable = st.characters(min_codepoint=33, max_codepoint=126)
    character = data.draw(printable.filter(lambda c: c.lower() != text[at].lower()))
    return text[:at] + character + text[at + 1 :]


def test_a_request_for_another_server_does_not_hold_here(signed):
    assert replace(signed, host="other.example").refusal() == "WrongSignature"
    elsewhere = replace(signed.with_header("Host", "other.example"), host="other.example")
    assert elsewhere.refusal() == "WrongSignature"


def test_another_host_put_in_by_a_proxy_does_no_harm(signed):
    assert signed.with_header("Host", "127.0.0.1:3000").refusal() is None


def test_a_key_of_somebody_else_does_not_hold(signed, key_pair):
    refusal = replace(signed, public_pem=key_pair[1]).refusal()
    assert refusal == ("UnknownAlgorithm" if "#ed" in signed.key_id else "WrongSignature")


def test_an_unreadable_key_is_refused(signed):
    assert replace(signed, public_pem="nonsense").refusal() == "UnusableKey"


@pytest.mark.parametrize(
    ("beginning", "last_second"),
    [
        ("cavage rsa-sha256, as", 3600 + 300),
        ("cavage hs2019, as", 3600 + 300),
        ("cavage hs2019 with created", 3600 + 3600),
        ("RFC 9421 rsa", 3600 + 300),
        ("RFC 9421 ed25519", 3600 + 60),
    ],
)
def test_a_signature_holds_from_an_hour_before_to_an_hour_after_its_life(
    a_request, beginning, last_second
):
    request = a_request(beginning)

    def at(seconds):
        return request.refusal(request.at + timedelta(seconds=seconds))

    assert [at(-3600), at(last_second)] == [None, None]
    assert [at(-3601), at(last_second + 1)] == ["OutsideItsTime", "OutsideItsTime"]


def test_no_signature_is_told_apart_from_a_bad_one():
    with pytest.raises(NotSigned) as none:
        signature_of("POST", "/inbox", [("Host", "tower.example")])
    with pytest.raises(MalformedSignature) as bad:
        signature_of("POST", "/inbox", [("Signature", "nonsense")])
    assert (none.value.status, bad.value.status) == (401, 400)


def test_the_form_is_checked_without_a_key(signed):
    check_form(signed.received(), body=signed.body, now=signed.at)
    with pytest.raises(SignatureRefused):
        check_form(signed.received(), body=signed.body + b" ", now=signed.at)


def test_header_values_beyond_latin_1_are_malformed(a_request):
    request = a_request("cavage rsa-sha256, as").with_header("Content-Type", "é")
    assert request.refusal() == "WrongSignature"
    assert request.with_header("Content-Type", "€").refusal() == "MalformedSignature"


headers_around = st.text(st.characters(max_codepoint=255), max_size=200)


@settings(max_examples=500)
@given(headers_around, headers_around, st.booleans())
def test_any_header_is_read_or_refused(signature, signature_input, is_new):
    headers = [("Signature", signature), ("Date", signature_input), ("Digest", signature_input)]
    headers += [("Signature-Input", signature_input)] if is_new else []

    def read_and_verify():
        received = signature_of("POST", "/", headers)
        verify(received, public_pem="", body=b"", host="h", now=datetime.now(UTC))

    with pytest.raises(Refused):
        read_and_verify()


def test_absurdly_long_signature_headers_are_malformed():
    with pytest.raises(MalformedSignature):
        signature_of("POST", "/", [("Signature", "a" * 20_000)])
