"""The hub: bounded for every connection, and nobody waits for anybody else."""

import asyncio
import gc
import socket as sockets

import pytest
from prometheus_client import REGISTRY

from tests.api.streaming.apps import an_app, everything, tell
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.access.viewers import viewer_of
from watertower.accounts.tokens import hash_of
from watertower.api.streaming.connection import TRY_AGAIN, Connection
from watertower.api.streaming.hub import Hub
from watertower.api.streaming.messages import Message
from watertower.api.streaming.serve import joined
from watertower.api.streaming.streams import USER, StreamRefused
from watertower.base.db.transaction import Reading
from watertower.base.live import Listener, LiveEvent
from watertower.statuses.model import Visibility
from watertower.statuses.queries.lines import list_lines_by_ids
from watertower.statuses.queries.lines_for_each import list_lines_for_each


async def nobody(hub, events):
    return [[] for _ in events]


async def a_viewer(ctx, account):
    return await viewer_of(ctx, token_hash=hash_of(await a_token(ctx, account)), ip="")


async def test_a_full_queue_ends_the_connection_and_no_other(ctx):
    account = await an_account(ctx)
    hub = Hub(ctx, nobody)
    slow = Connection(await a_viewer(ctx, account), account.id, 3, Message.for_socket)
    other = Connection(await a_viewer(ctx, account), account.id, 30, Message.for_socket)
    for connection in (slow, other):
        hub.add(connection)
        hub.subscribe(connection, USER, ("user",))

    for connection in (slow, other):
        for _ in range(4):
            connection.push(Message("update", "{}"), USER)

    assert (slow.ended.is_set(), slow.end_code, list(slow.waiting)) == (True, TRY_AGAIN, [])
    assert (other.ended.is_set(), len(other.waiting)) == (False, 4)
    hub.remove(slow)
    hub.remove(other)
    assert hub.listeners == {}


async def test_an_app_that_does_not_read_is_cut_off_and_the_rest_hear_on(ctx, client):
    slow, fast = await an_account(ctx), await an_account(ctx)
    filler = "x" * 7000
    before = REGISTRY.get_sample_value("watertower_streaming_sockets")
    host, port = client.base.removeprefix("http://").split(":")
    token = await a_token(ctx, slow)
    reader = sockets.create_connection((host, int(port)))
    reader.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    reader.sendall(
        f"GET /api/v1/streaming?stream=user&access_token={token} HTTP/1.1\r\nHost: x\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    async with an_app(client, await a_token(ctx, fast), "user") as app:
        async with asyncio.timeout(20):
            while REGISTRY.get_sample_value("watertower_streaming_sockets") < before + 2:
                await asyncio.sleep(0.01)
            hub = hub_of(slow)
            [connection] = hub.connections_of(slow.id)
            while not connection.ended.is_set():
                for _ in range(100):
                    connection.push_text(filler)
                await asyncio.sleep(0.01)
            while hub.connections_of(slow.id):
                await asyncio.sleep(0.01)
        assert await everything(ctx, app, fast.id) == []
    reader.close()


def hub_of(account):
    """The hub of the server under test, which no fixture hands out."""
    return next(
        one for one in gc.get_objects() if type(one) is Hub and one.connections_of(account.id)
    )


async def test_an_event_that_cannot_be_shown_does_not_silence_the_next(ctx, client):
    alice = await an_account(ctx)

    async with an_app(client, await a_token(ctx, alice), "user") as app:
        await tell(ctx, "update")
        await tell(ctx, "notification", account_id=alice.id, notification_id="x")
        await tell(ctx, "from_the_future", id=1)
        async with ctx.transaction() as tx:
            await tx.fetch_value("SELECT pg_notify('watertower_live', 'no json')")
        assert await everything(ctx, app, alice.id) == []


async def test_a_lost_listener_comes_back_and_asks_who_may_still_listen(ctx):
    asked, heard = asyncio.Event(), asyncio.Queue()

    async def connected():
        asked.set()

    listener = Listener(ctx.settings.database.url, heard=heard.put_nowait, connected=connected)
    task = asyncio.create_task(listener.run())
    try:
        async with asyncio.timeout(10):
            await asked.wait()
            asked.clear()
            async with ctx.reading() as tx:
                await tx.fetch_all(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()"
                )
            await asked.wait()
            await tell(ctx, "delete", status_id=1)
            while (event := await heard.get()) != LiveEvent("delete", {"status_id": 1}):
                assert event
    finally:
        task.cancel()


async def test_a_revocation_that_was_not_heard_is_found_by_looking(ctx):
    account = await an_account(ctx)
    hub = Hub(ctx, nobody)
    viewer = await a_viewer(ctx, account)
    async with joined(hub, viewer, Message.for_socket, kills_heard=hub.kills_heard) as connection:
        await hub.refresh()
        assert not connection.ended.is_set()
        async with ctx.transaction() as tx:
            await tx.execute(
                "UPDATE oauth_tokens SET revoked_at = now() WHERE id = $1", viewer.token_id
            )
        await hub.refresh()
        assert connection.ended.is_set()


async def test_a_member_has_only_so_many_connections(ctx):
    account = await an_account(ctx)
    hub = Hub(ctx, nobody)
    viewer = await a_viewer(ctx, account)
    for _ in range(50):
        hub.add(Connection(viewer, account.id, 3, Message.for_socket))

    with pytest.raises(StreamRefused) as caught:
        async with joined(hub, viewer, Message.for_socket, kills_heard=hub.kills_heard):
            pass
    assert caught.value.status == 429
    for connection in hub.connections_of(account.id):
        hub.remove(connection)


async def test_lines_for_each_are_the_lines_that_each_would_get_alone(ctx):
    author, follower, stranger, blocked = [await an_account(ctx) for _ in range(4)]
    await a_follow(ctx, follower, author)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO blocks (account_id, target_account_id) VALUES ($1, $2)",
            author.id,
            blocked.id,
        )
        public = await a_status(ctx, by=author)
        await tx.execute(
            "INSERT INTO favourites (account_id, status_id) VALUES ($1, $2)",
            follower.id,
            public.id,
        )
    private = await a_status(ctx, by=author, visibility=Visibility.PRIVATE)
    boost = await a_status(ctx, by=stranger, reblog_of_id=public.id)
    everybody = [author.id, follower.id, stranger.id, blocked.id]

    async with ctx.reading() as tx:
        assert isinstance(tx, Reading)
        for status in (public, private, boost):
            each = await list_lines_for_each(
                tx, wanted=[(status.id, viewer_id) for viewer_id in everybody]
            )
            alone = {
                viewer_id: lines[0]
                for viewer_id in everybody
                if (
                    lines := await list_lines_by_ids(
                        tx, status_ids=[status.id], viewer_id=viewer_id
                    )
                )
            }
            assert each.get(status.id, {}) == alone


async def test_a_token_revoked_while_its_socket_opens_does_not_stay_open(ctx):
    account = await an_account(ctx)
    hub = Hub(ctx, nobody)
    before = hub.kills_heard
    viewer = await a_viewer(ctx, account)
    async with ctx.transaction() as tx:
        await tx.execute(
            "UPDATE oauth_tokens SET revoked_at = now() WHERE id = $1", viewer.token_id
        )
    hub.hear(LiveEvent("kill", {"token_ids": [viewer.token_id]}))

    async with joined(hub, viewer, Message.for_socket, kills_heard=before) as connection:
        assert connection.ended.is_set()
