"""Redirect addresses and PKCE."""

import pytest

from watertower.accounts.oauth_rules import fits_challenge, is_registered, location_of

# The example of RFC 7636 appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("https://app.example/done", "https://app.example/done?code=x"),
        ("https://app.example/done?a=1", "https://app.example/done?a=1&code=x"),
        ("myapp://done", "myapp://done?code=x"),
        ("myapp://", "myapp://?code=x"),
        ("myapp:///done", "myapp:///done?code=x"),
        ("com.example.app:/done", "com.example.app:/done?code=x"),
        ("myapp:done", "myapp:done?code=x"),
    ],
)
def test_the_code_is_added_to_every_kind_of_address(address, location):
    assert location_of(address, code="x", state=None) == location


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("http://127.0.0.1:8000/cb", True),
        ("http://127.0.0.1/cb", True),
        ("http://127.0.0.1:8000/other", False),
        ("http://127.0.0.1:8000/cb?x", False),
        ("https://127.0.0.1:8000/cb", False),
        ("http://localhost:8000/cb", False),
        ("http://127.0.0.1.evil.example/cb", False),
        ("http://user@127.0.0.1/cb", False),
        ("http://127.0.0.1:port/cb", False),
    ],
)
def test_only_the_port_of_a_loopback_address_may_differ(address, answer):
    assert is_registered(address, ["http://127.0.0.1:1234/cb"]) is answer


def test_a_verifier_fits_its_own_challenge_only():
    assert fits_challenge(VERIFIER, CHALLENGE) is True
    assert fits_challenge(VERIFIER[:-1] + "l", CHALLENGE) is False
    assert fits_challenge(CHALLENGE, CHALLENGE) is False
    assert fits_challenge(None, CHALLENGE) is False
    assert fits_challenge(VERIFIER, None) is False
    assert fits_challenge(None, None) is True
