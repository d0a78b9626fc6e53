"""A WebSocket: signing in, opening and closing streams, what comes, how it ends."""

import asyncio
import json

import pytest
import websockets

from tests.api.streaming.apps import address, an_app, everything, in_homes, tell
from tests.world import a_follow, a_status, a_token, an_account


async def test_a_post_in_the_home_comes_as_the_viewer_sees_it(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, bob, alice)
    status = await a_status(ctx, by=alice, text="fresh")
    await in_homes(ctx, status, bob)
    token = await a_token(ctx, bob)

    async with an_app(client, token, "user") as app:
        await tell(ctx, "update", status_id=status.id)
        message = await app.next()

    assert (message["stream"], message["event"]) == (["user"], "update")
    payload = json.loads(message["payload"])
    seen = (await client.signed_in(token).get(f"/api/v1/statuses/{status.id}")).json
    assert payload == seen


@pytest.mark.parametrize("place", ["query", "header", "subprotocol"])
async def test_the_token_may_stand_in_any_of_three_places(ctx, client, place):
    alice = await an_account(ctx)
    token = await a_token(ctx, alice)
    options = {
        "query": (address(client, f"access_token={token}&stream=user"), {}),
        "header": (
            address(client, "stream=user"),
            {"additional_headers": {"Authorization": f"Bearer {token}"}},
        ),
        "subprotocol": (address(client, "stream=user"), {"subprotocols": [token]}),
    }[place]

    async with websockets.connect(options[0], **options[1]) as socket:
        await socket.send(json.dumps({"type": "subscribe", "stream": "nonsense"}))
        await socket.recv()
        await tell(ctx, "notifications_merged", account_id=alice.id)
        message = json.loads(await asyncio.wait_for(socket.recv(), 3))

    assert message == {"stream": ["user"], "event": "notifications_merged", "payload": "1"}
    assert socket.subprotocol == (token if place == "subprotocol" else None)


async def refused(url, **options):
    with pytest.raises(websockets.InvalidStatus) as caught:
        async with websockets.connect(url, **options):
            pass
    return caught.value.response.status_code, json.loads(caught.value.response.body)


async def test_without_a_good_token_there_is_no_socket(ctx, client):
    suspended = await a_token(ctx, await an_account(ctx, suspended_at=ctx.now()))
    unconfirmed = await a_token(ctx, await an_account(ctx, is_confirmed=False))
    of_app = await a_token(ctx, None)

    assert await refused(address(client)) == (401, {"error": "Missing access token"})
    for token in ("wrong", suspended, unconfirmed, of_app):
        assert await refused(address(client, f"access_token={token}")) == (
            401,
            {"error": "Invalid access token"},
        )


async def test_a_socket_elsewhere_is_not_found(ctx, client):
    url = client.base.replace("http", "ws") + "/api/v1/elsewhere"
    assert await refused(url) == (404, {"error": "Not found"})


@pytest.mark.parametrize(
    ("command", "error", "status"),
    [
        ({"stream": "nonsense"}, "Unknown channel requested", 400),
        ({"stream": None}, "Unknown channel requested", 400),
        ({"stream": ["user"]}, "Unknown channel requested", 400),
        ({"stream": "hashtag"}, "Missing tag name parameter", 400),
        ({"stream": "hashtag", "tag": "#"}, "Missing tag name parameter", 400),
        ({"stream": "hashtag", "tag": {"a": 1}}, "Missing tag name parameter", 400),
        ({"stream": "list"}, "Missing list name parameter", 400),
        ({"stream": "list", "list": "x"}, "Not authorized to stream this list", 401),
        ({"stream": "list", "list": "1"}, "Not authorized to stream this list", 401),
        (
            {"stream": "user:notification"},
            "Access token does not have the required scopes",
            401,
        ),
    ],
)
async def test_what_cannot_be_opened_is_answered_with_the_reason(
    ctx, client, command, error, status
):
    token = await a_token(ctx, await an_account(ctx), "read:statuses")

    async with an_app(client, token) as app:
        await app.socket.send(json.dumps({"type": "subscribe", **command}))
        assert await app.next() == {"error": error, "status": status}


@pytest.mark.parametrize(
    "text", ["", "[]", "nonsense", "[" * 60_000, '{"type": 1}', "null", '{"type":"dance"}']
)
async def test_what_is_no_command_is_passed_over(ctx, client, text):
    alice = await an_account(ctx)

    async with an_app(client, await a_token(ctx, alice), "user") as app:
        await app.socket.send(text)
        assert await everything(ctx, app, alice.id) == []


async def test_binary_frames_end_the_socket(ctx, client):
    async with an_app(client, await a_token(ctx, await an_account(ctx))) as app:
        await app.socket.send(b"bytes")
        with pytest.raises(websockets.ConnectionClosed):
            await app.next()
    assert app.socket.close_code == 1003


async def test_after_unsubscribing_nothing_more_comes(ctx, client):
    alice = await an_account(ctx)

    async with an_app(client, await a_token(ctx, alice), "user", "user:notification") as app:
        await app.unsubscribe("user")
        await app.subscribe("nonsense")
        await app.next()
        await tell(ctx, "filters_changed", account_id=alice.id)
        await tell(ctx, "notifications_merged", account_id=alice.id)
        message = await app.next()

    assert message["stream"] == ["user:notification"]


async def test_two_streams_over_one_socket_say_which_is_which(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    await in_homes(ctx, status, bob)

    async with an_app(client, await a_token(ctx, bob), "user", "public:local", "public") as app:
        await tell(ctx, "update", status_id=status.id)
        heard = await everything(ctx, app, bob.id)

    assert sorted(message["stream"] for message in heard) == [
        ["public"],
        ["public:local"],
        ["user"],
    ]


async def test_notifications_come_only_with_their_scope(ctx, client, drain):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    with_scope = await a_token(ctx, alice, "read:statuses read:notifications")
    without = await a_token(ctx, alice, "read:statuses")

    async with (
        an_app(client, with_scope, "user", "user:notification") as knows,
        an_app(client, without, "user") as not_told,
    ):
        await client.signed_in(await a_token(ctx, bob)).post(
            f"/api/v1/statuses/{status.id}/favourite"
        )
        await drain()
        first, second = await knows.next(), await knows.next()
        await tell(ctx, "filters_changed", account_id=alice.id)
        other = await not_told.next()

    assert [first["stream"], second["stream"]] == [["user"], ["user:notification"]]
    payload = json.loads(first["payload"])
    assert (payload["type"], payload["account"]["id"]) == ("favourite", str(bob.id))
    assert payload["status"]["id"] == str(status.id)
    assert other == {"stream": ["user"], "event": "filters_changed"}


async def test_a_revoked_token_closes_its_socket_at_once(ctx, client):
    alice = await an_account(ctx)
    token, other = await a_token(ctx, alice), await a_token(ctx, alice)

    async with an_app(client, token, "user") as app, an_app(client, other, "user") as stays:
        async with ctx.transaction() as tx:
            token_id = await tx.fetch_value(
                "UPDATE oauth_tokens SET revoked_at = now() "
                "WHERE token_hash = sha256($1::bytea) RETURNING id",
                token.encode(),
            )
        await tell(ctx, "kill", token_ids=[token_id])
        with pytest.raises(websockets.ConnectionClosed):
            await app.next()
        assert await everything(ctx, stays, alice.id) == []
    assert app.socket.close_code == 1008


async def test_a_frozen_member_still_hears_what_is_new(ctx, client):
    frozen, bob = await an_account(ctx, is_frozen=True), await an_account(ctx)
    await a_follow(ctx, frozen, bob)
    status = await a_status(ctx, by=bob)
    await in_homes(ctx, status, frozen)

    async with an_app(client, await a_token(ctx, frozen), "user") as app:
        await tell(ctx, "update", status_id=status.id)
        heard = await everything(ctx, app, frozen.id)

    assert [message["event"] for message in heard] == ["update"]


async def test_a_kill_ends_every_socket_of_a_member(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)

    async with (
        an_app(client, await a_token(ctx, alice), "user") as app,
        an_app(client, await a_token(ctx, bob), "user") as stays,
    ):
        await tell(ctx, "kill", account_id=alice.id)
        with pytest.raises(websockets.ConnectionClosed):
            await app.next()
        assert await everything(ctx, stays, bob.id) == []


async def test_tags_are_found_in_any_spelling(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)
    async with ctx.transaction() as tx:
        tag_id = await tx.fetch_value(
            "INSERT INTO tags (name, shown_name) VALUES ('straße', 'Straße') RETURNING id"
        )
        await tx.execute("INSERT INTO status_tags VALUES ($1, $2)", tag_id, status.id)

    async with an_app(
        client, await a_token(ctx, bob), "user", ("hashtag", {"tag": "#STRAßE"})
    ) as app:
        await tell(ctx, "update", status_id=status.id)
        heard = await everything(ctx, app, bob.id)

    assert [message["stream"] for message in heard] == [["hashtag", "#STRAßE"]]


async def test_a_socket_has_only_so_many_streams(ctx, client):
    async with an_app(client, await a_token(ctx, await an_account(ctx))) as app:
        for number in range(100):
            await app.subscribe("hashtag", tag=f"tag{number}")
        await app.subscribe("hashtag", tag="one_more")
        assert await app.next() == {"error": "Too many subscriptions", "status": 429}


async def test_too_many_commands_end_the_socket(ctx, client):
    async with an_app(client, await a_token(ctx, await an_account(ctx))) as app:
        with pytest.raises(websockets.ConnectionClosed):  # noqa: PT012  # any of them may meet it
            for _ in range(400):
                await app.unsubscribe("user")
                await asyncio.sleep(0)
            await app.next()
    assert app.socket.close_code == 1008
