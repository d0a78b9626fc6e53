"""Limits hold however an address is written and whoever somebody claims to be."""

from dataclasses import replace

import pytest

from tests.feeds.world import a_member
from tests.world import unique

PATH = "/api/v1/custom_emojis"


@pytest.fixture
def limited(ctx, monkeypatch):
    """Three calls of visitors in five minutes, five of members."""
    limits = replace(
        ctx.settings.limits, enabled=True, anonymous_per_5_minutes=3, requests_per_5_minutes=5
    )
    monkeypatch.setattr(ctx, "settings", replace(ctx.settings, limits=limits))
    return ctx


def place():
    """An address that no other test comes from, as the proxy on this machine says it."""
    number = int(unique("x").rsplit("_", 1)[1][6:])
    return f"198.18.{number >> 8 & 255}.{number & 255}"


async def statuses(client, calls):
    return [(await client.get(path, headers=headers)).status for path, headers in calls]


async def test_a_visitor_is_counted_by_the_last_hop_that_is_no_proxy(limited, client):
    here = place()
    calls = [
        (PATH, {"X-Forwarded-For": here}),
        (PATH, {"X-Forwarded-For": f"203.0.113.1, {here}"}),
        (PATH, {"X-Forwarded-For": f"203.0.113.2, 10.0.0.1, {here}"}),
        (PATH, {"X-Forwarded-For": f"{place()}, {here}"}),
        (PATH, {"X-Forwarded-For": here, "Client-IP": place(), "X-Real-IP": place()}),
    ]

    assert await statuses(client, calls) == [200, 200, 200, 429, 429]


async def test_another_way_to_write_an_address_is_the_same_address(limited, client):
    headers = {"X-Forwarded-For": place()}
    ways = [PATH, PATH + "/", f"{PATH}?x=1", PATH.replace("custom", "%63ustom")]

    assert await statuses(client, [(way, headers) for way in ways]) == [200, 200, 200, 429]


async def test_tokens_that_are_none_are_counted_too(limited, client):
    here = place()
    calls = [(PATH, {"X-Forwarded-For": here, "Authorization": f"Bearer {n}"}) for n in range(5)]

    assert await statuses(client, calls) == [401, 401, 401, 429, 429]


async def test_a_member_is_counted_wherever_they_are(limited, client):
    _, app = await a_member(limited, client)
    calls = [(PATH, {"X-Forwarded-For": place()}) for _ in range(6)]

    assert await statuses(app, calls) == [200] * 5 + [429]


async def test_apps_are_registered_only_so_fast_from_one_place(limited, client):
    headers = {"X-Forwarded-For": place()}
    body = {"client_name": "App", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"}
    answers = [await client.post("/api/v1/apps", json=body, headers=headers) for _ in range(26)]

    assert [answer.status for answer in answers] == [200] * 25 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 600
