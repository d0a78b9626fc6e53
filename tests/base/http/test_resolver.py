"""The resolver's own guard, before any socket is made."""

import socket

import pytest

from watertower.base.http.resolver import (
    ADDRESSES_PER_NAME,
    GuardedResolver,
    RefusedByGuard,
    lookup,
)
from watertower.base.http.rules import OutgoingRules


@pytest.fixture
async def resolve():
    resolvers = []

    async def addresses(*found):
        resolver = GuardedResolver(OutgoingRules(), look_up=lambda *_: list(found))
        resolvers.append(resolver)
        return [each["host"] for each in await resolver.resolve("name.example", 443)]

    yield addresses
    for resolver in resolvers:
        await resolver.close()


@pytest.mark.parametrize(
    "private", ["127.0.0.1", "::1", "::7f00:1", "::ffff:10.0.0.1", "fe80::1%lo"]
)
async def test_one_private_address_among_public_ones_refuses_the_name(resolve, private):
    assert await resolve("1.1.1.1", "2606:4700::1111") == ["1.1.1.1", "2606:4700::1111"]
    for found in (["1.1.1.1", private], [private, "1.1.1.1"], [private]):
        with pytest.raises(RefusedByGuard):
            await resolve(*found)


async def test_a_private_address_beyond_the_ones_we_try_refuses_the_name_too(resolve):
    public = [f"1.1.1.{n}" for n in range(1, 20)]
    assert await resolve(*public) == public[:ADDRESSES_PER_NAME]
    with pytest.raises(RefusedByGuard):
        await resolve(*public, "10.0.0.1")


async def test_a_name_without_addresses_is_not_found(resolve):
    with pytest.raises(socket.gaierror):
        await resolve()


def test_what_is_no_name_is_not_found_and_no_fault():
    with pytest.raises(socket.gaierror):
        lookup("a" * 64 + "é.example", 443, socket.AF_UNSPEC)
