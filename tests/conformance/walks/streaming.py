"""Streams: every one opened in both ways, and every event heard."""

import json

import aiohttp

from tests.api.streaming.apps import an_app, tell
from tests.conformance.shapes import check_value
from tests.conformance.world import World

MORE = {"hashtag": {"tag": "soup"}, "hashtag:local": {"tag": "soup"}}


async def walk(w: World) -> None:
    """Open streams one after the other, then make everything happen."""
    check = w.walker.check
    await check("GET /api/v1/streaming/health", "", None, by=None)
    # Mastodon redirects these to its streaming host, and answers 404 where that is the same host.
    await check("GET /api/v1/streaming", "", None, by=None, status=404)
    await check("GET /api/v1/streaming/*", "/api/v1/streaming/nothing", None, by=None, status=401)
    made = (
        await w.walker.client.signed_in(w.walker.tokens["alice"]).post(
            "/api/v1/lists", json={"title": "Streamed"}
        )
    ).json
    for _, operation in list(w.walker.score.operations):
        method, _, what = operation.partition(" ")
        if method == "GET(SSE)":
            await event_stream(w, operation, what, made["id"])
        elif method == "WS-stream":
            await socket_stream(w, operation, what, made["id"])
    await events(w)


async def event_stream(w: World, operation: str, path: str, list_id: str) -> None:
    """It opens with the type that browsers want."""
    path = path.replace("tag=", "tag=soup").replace("list=", f"list={list_id}")
    headers = {"Authorization": f"Bearer {w.walker.tokens['alice']}"}
    timeout = aiohttp.ClientTimeout(total=3)
    async with w.walker.client.session.get(
        w.walker.client.base + path, headers=headers, timeout=timeout
    ) as got:
        kind = got.headers.get("Content-Type", "")
        right = got.status == 200 and kind.startswith("text/event-stream")
        w.walker.tell(operation, "" if right else f"{got.status} {kind}")


async def socket_stream(w: World, operation: str, name: str, list_id: str) -> None:
    """It can be subscribed to."""
    more = MORE.get(name, {"list": list_id} if name == "list" else {})
    try:
        async with an_app(w.walker.client, w.walker.tokens["alice"], (name, more)) as app:
            errors = [m for m in app.heard if "error" in m]
        w.walker.tell(operation, *(f"{m}" for m in errors))
    except Exception as error:
        w.walker.tell(operation, repr(error))


SOCKET = "WS wss://<streaming>/api/v1/streaming[?stream=..&list=..&tag=..]"


async def events(w: World) -> None:
    """What a socket hears, each with its payload's type."""
    client = w.walker.client
    bob = client.signed_in(w.walker.tokens["bob"])
    alice = client.signed_in(w.walker.tokens["alice"])
    heard: dict[str, object] = {}
    async with an_app(client, w.walker.tokens["alice"], "user", "direct", "public") as app:
        w.walker.tell(SOCKET)
        mine = (await alice.post("/api/v1/statuses", json={"status": "Heard"})).json
        await w.drain()
        await alice.put(f"/api/v1/statuses/{mine['id']}", json={"status": "Heard again"})
        await bob.post(f"/api/v1/statuses/{mine['id']}/favourite")
        await bob.post(
            "/api/v1/statuses", json={"status": "@alice psst again", "visibility": "direct"}
        )
        await w.drain()
        await alice.delete(f"/api/v1/statuses/{mine['id']}")
        await w.drain()
        announcement = await w.run("SELECT id FROM announcements LIMIT 1")
        await tell(w.ctx, "filters_changed", account_id=w.alice.id)
        await tell(w.ctx, "announcement", id=announcement)
        await tell(w.ctx, "announcement.reaction", id=announcement, name="tower")
        await tell(w.ctx, "announcement.delete", id=announcement)
        await tell(w.ctx, "notifications_merged", account_id=w.alice.id)
        try:
            while "notifications_merged" not in heard:
                message = await app.next()
                heard[message["event"]] = message.get("payload")
        except TimeoutError:
            pass
        await alice.post("/oauth/revoke", data={"token": "nothing"})
    kinds = {
        "update": "status",
        "status.update": "status",
        "notification": "notification",
        "conversation": "conversation",
        "announcement": "announcement",
        "announcement.reaction": "object",
    }
    for _, operation in w.walker.score.operations:
        method, _, name = operation.partition(" ")
        if method != "EVENT":
            continue
        if name not in heard:
            w.walker.tell(operation, "was not heard")
        elif name in kinds:
            w.walker.score.note(operation, check_value(json.loads(heard[name]), kinds[name], name))
        else:
            w.walker.tell(operation)
