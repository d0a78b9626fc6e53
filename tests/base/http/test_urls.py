"""Reading addresses: one canonical form, and no way around the guard by odd spelling."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watertower.base.http.errors import AddressRefused, BadAddress, OutgoingFailed
from watertower.base.http.rules import OutgoingRules, rules_of
from watertower.base.http.urls import checked_url
from watertower.base.settings import FederationSettings, ServerSettings, Settings

STRICT = OutgoingRules()
LOOSE = OutgoingRules(allow_http=True)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("https://example.com", "https://example.com"),
        ("HTTPS://EXAMPLE.com:443/a?b=c#d", "https://example.com/a?b=c"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://1.1.1.1/", "https://1.1.1.1/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
        ("https://a_b.example./", "https://a_b.example./"),
    ],
)
def test_ordinary_addresses_take_their_canonical_form(text, canonical):
    assert str(checked_url(text, STRICT)) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com",
        "//example.com",
        "https://",
        "https:///x",
        "mailto:a@b.example",
        "file:///etc/passwd",
        "gopher://example.com/",
        "data:text/html,x",
        "ftp://example.com/",
        "http://example.com/",
        "javascript:alert(1)",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://:@example.com/",
        "https://exa mple.com/",
        "https://example.com/\r\nX: y",
        "https://example.com\\@evil.example/",
        "https://h:99999/",
        "https://h:0/",
        "https://h:22/",
        "https://h:80/",
        "https://a..b/",
        "https://x%00y.example/",
        "https://x%2fy.example/",
        "https://" + "a" * 64 + ".example/",
        "https://h/" + "a" * 5000,
    ],
)
def test_unusable_addresses_are_bad(text):
    with pytest.raises(BadAddress):
        checked_url(text, STRICT)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "017700000001",
        "127.0.0.1.",
        "１２７.0.0.1",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "0",
        "10.0.0.1",
        "169.254.169.254",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[::10.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fd00::1]",
        "[2001:0:0:0:0:0:80ff:fffe]",
        "192.168.1.1",
        "100.64.0.1",
        "1.2.3.4.5",
        "1.0x",
    ],
)
def test_literals_that_are_private_or_oddly_written_are_refused(host):
    for rules, scheme in ((STRICT, "https"), (LOOSE, "http")):
        with pytest.raises(AddressRefused):
            checked_url(f"{scheme}://{host}/", rules)


def test_odd_spellings_stay_refused_where_their_network_is_allowed():
    rules = OutgoingRules(allowed_networks=(ip_network("127.0.0.0/8"),), allow_http=True)
    assert str(checked_url("http://127.0.0.1:80/", rules)) == "http://127.0.0.1/"
    for host in ("2130706433", "127.1", "0x7f.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(AddressRefused):
            checked_url(f"http://{host}/", rules)


def test_plain_http_and_low_ports_need_permission():
    assert str(checked_url("http://example.com/", LOOSE)) == "http://example.com/"
    assert str(checked_url("https://example.com:81/", LOOSE)) == "https://example.com:81/"


@given(st.text() | st.text().map("https://{}".format) | st.from_regex(r"https?://[^/]*/.*"))
def test_any_text_is_an_address_or_refused(text):
    try:
        url = checked_url(text, STRICT)
    except OutgoingFailed:
        return
    assert checked_url(str(url), STRICT) == url


def test_rules_come_from_the_settings():
    settings = Settings(
        server=ServerSettings(domain="tower.example"),
        federation=FederationSettings(allowed_networks="127.0.0.0/8, ::1/128", allow_http=True),
    )
    rules = rules_of(settings, version="1.2")
    assert rules.allowed_networks == (ip_network("127.0.0.0/8"), ip_network("::1/128"))
    assert rules.user_agent == "Watertower/1.2 (+https://tower.example/)"
    assert rules.allow_http is True
    assert rules_of(Settings(), version="1").allowed_networks == ()
