"""Which addresses count as public, over the whole IANA special-purpose registries."""

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watertower.base.http.addresses import is_public, may_connect

SPECIAL = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "255.255.255.255/32",
    "::/128",
    "::1/128",
    "::/96",
    "::ffff:0:0/96",
    "::ffff:0:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/23",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "4000::/3",
    "e000::/4",
]


@pytest.mark.parametrize("block", SPECIAL)
def test_every_special_purpose_block_is_refused_from_its_first_to_its_last_address(block):
    network = ip_network(block)
    middle = network.network_address + network.num_addresses // 2
    assert [
        is_public(address)
        for address in (network.network_address, middle, network.broadcast_address)
    ] == [False] * 3


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.9.9.9",
        "100.63.255.255",
        "100.128.0.0",
        "172.32.0.1",
        "223.255.255.255",
        "2001:4860:4860::8888",
        "2606:4700::1111",
        "2a00:1450:4001::200e",
        "2400:cb00::1",
    ],
)
def test_ordinary_addresses_are_public(address):
    assert may_connect(address, ()) is True


@given(st.ip_addresses())
def test_nothing_is_public_that_python_calls_private_or_special(address):
    if is_public(address):
        assert not address.is_private
        assert not address.is_loopback
        assert not address.is_multicast
        assert not address.is_reserved
        assert not address.is_link_local
        assert not address.is_unspecified


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_hidden_in_an_ipv6_address_is_never_public(inside):
    number = int(inside)
    hidden = [number, (0xFFFF << 32) + number, (0x64FF9B << 96) + number]
    hidden += [(0x2002 << 112) + (number << 80), (0x20010000 << 96) + (number ^ 0xFFFFFFFF)]
    assert [is_public(IPv6Address(value)) for value in hidden] == [False] * 5


def test_an_allowed_network_does_not_open_the_address_that_hides_it():
    allowed = (ip_network("127.0.0.0/8"),)
    assert may_connect("127.0.0.1", allowed) is True
    assert may_connect("::ffff:127.0.0.1", allowed) is False
    assert may_connect("10.0.0.1", allowed) is False
    assert may_connect("::1", allowed) is False


@pytest.mark.parametrize(
    "text", ["", "localhost", "127.1", "fe80::1%eth0", "1.2.3.4 ", "0x7f000001"]
)
def test_what_is_not_a_plain_address_is_refused(text):
    assert may_connect(text, ()) is False


def test_a_scoped_address_is_refused_even_when_its_bits_are_public():
    assert is_public(IPv6Address("2a00::1%eth0")) is False
    assert is_public(IPv4Address("8.8.8.8")) is True
