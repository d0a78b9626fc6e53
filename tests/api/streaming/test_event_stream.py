"""Event streams: the same events over plain HTTP."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from tests.api.streaming.apps import in_homes, tell
from tests.world import a_status, a_token, an_account
from watertower.api.streaming import event_stream


@asynccontextmanager
async def listening(client, token, path):
    """Lines of an event stream, after its greeting."""
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{client.base}/api/v1/streaming/{path}"
    async with client.session.get(url, headers=headers) as answer:
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert await answer.content.readline() == b":)\n"
        yield answer.content


async def next_event(lines):
    async with asyncio.timeout(3):
        name = (await lines.readline()).decode().strip()
        while not name.startswith("event: "):
            name = (await lines.readline()).decode().strip()
        data = (await lines.readline()).decode().strip()
        assert await lines.readline() == b"\n"
    return name.removeprefix("event: "), data.removeprefix("data: ")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("user", True),
        ("public", True),
        ("public?only_media=true", True),
        ("public/local", True),
        ("public/local?only_media=1", True),
        ("public/remote", False),
        ("user/notification", False),
        ("direct", False),
    ],
)
async def test_each_address_is_its_stream(ctx, client, path, expected):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice, has_media=True)
    await in_homes(ctx, status, bob)

    async with listening(client, await a_token(ctx, bob), path) as lines:
        await tell(ctx, "update", status_id=status.id)
        if expected:
            name, data = await next_event(lines)
            assert (name, json.loads(data)["id"]) == ("update", str(status.id))
        else:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.2):
                    await lines.readline()


@pytest.mark.parametrize(
    ("path", "scopes", "status", "error"),
    [
        ("user", None, 401, "Missing access token"),
        ("user", "write", 401, "Access token does not have the required scopes"),
        (
            "user/notification",
            "read:statuses",
            401,
            "Access token does not have the required scopes",
        ),
        ("hashtag", "read", 400, "Missing tag name parameter"),
        ("hashtag/local?tag=", "read", 400, "Missing tag name parameter"),
        ("list", "read", 400, "Missing list name parameter"),
        ("list?list=77", "read", 401, "Not authorized to stream this list"),
        ("nonsense", "read", 400, "Unknown channel requested"),
        ("", "read", 404, "Not found"),
    ],
)
async def test_what_cannot_be_opened_is_answered_with_the_reason(
    ctx, client, path, scopes, status, error
):
    if scopes is not None:
        client = client.signed_in(await a_token(ctx, await an_account(ctx), scopes))

    answer = await client.get(f"/api/v1/streaming/{path}")

    assert (answer.status, answer.json) == (status, {"error": error})


async def test_silence_is_filled_with_heartbeats(ctx, client, monkeypatch):
    monkeypatch.setattr(event_stream, "HEARTBEAT_SECONDS", 0.05)

    async with listening(client, await a_token(ctx, await an_account(ctx)), "user") as lines:
        assert await asyncio.wait_for(lines.readline(), 3) == b":thump\n"
        assert await asyncio.wait_for(lines.readline(), 3) == b":thump\n"


async def test_a_killed_stream_ends(ctx, client):
    alice = await an_account(ctx)

    async with listening(client, await a_token(ctx, alice), "user") as lines:
        await tell(ctx, "kill", account_id=alice.id)
        assert await asyncio.wait_for(lines.read(), 3) == b""


async def test_health_says_ok_and_a_preflight_is_answered(client):
    health = await client.get("/api/v1/streaming/health")
    preflight = await client.call("OPTIONS", "/api/v1/streaming/user")
    other = await client.post("/api/v1/streaming/user")

    assert (health.status, health.text) == (200, "OK")
    assert preflight.status == 204
    assert "authorization" in preflight.headers["access-control-allow-headers"]
    assert other.status == 405
