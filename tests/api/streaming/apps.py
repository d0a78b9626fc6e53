"""Apps that listen, as tests need them: real sockets, real event streams."""

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import websockets

from watertower.base.live import publish

SECONDS = 3.0


@dataclass
class App:
    """An app with a socket; everything it hears is kept."""

    socket: websockets.ClientConnection
    heard: list[dict] = field(default_factory=list)

    async def subscribe(self, stream, **more):
        await self.socket.send(json.dumps({"type": "subscribe", "stream": stream, **more}))

    async def unsubscribe(self, stream, **more):
        await self.socket.send(json.dumps({"type": "unsubscribe", "stream": stream, **more}))

    async def next(self):
        """The next message, with its payload decoded."""
        async with asyncio.timeout(SECONDS):
            return json.loads(await self.socket.recv())


def address(client, query=""):
    return client.base.replace("http", "ws") + "/api/v1/streaming" + (f"?{query}" if query else "")


@asynccontextmanager
async def an_app(client, token, *streams, query=""):
    """An app with a socket on which it has these streams: (name,) or (name, {"tag": …})."""
    headers = {"Authorization": f"Bearer {token}"}
    async with websockets.connect(address(client, query), additional_headers=headers) as socket:
        app = App(socket)
        for stream in streams:
            name, more = (stream, {}) if isinstance(stream, str) else stream
            await app.subscribe(name, **more)
        await settled(app)
        yield app


async def settled(app):
    """Wait until the server has obeyed what was sent before: it answers commands in order."""
    await app.subscribe("nonsense")
    while "error" not in (message := await app.next()):
        app.heard.append(message)
    assert message == {"error": "Unknown channel requested", "status": 400}


async def tell(ctx, event, **ids):
    """Publish a live event."""
    async with ctx.transaction() as tx:
        await publish(tx, event, **ids)


async def everything(ctx, app, admin_token_account):
    """All that the app hears up to a message that is sent now: (event, payload)."""
    await tell(ctx, "notifications_merged", account_id=admin_token_account)
    found = []
    while True:
        message = await app.next()
        if message["event"] == "notifications_merged":
            return found
        found.append(message)


async def in_homes(ctx, status, *accounts):
    """Put a status into homes, as the fan-out does."""
    async with ctx.transaction() as tx:
        for account in accounts:
            await tx.execute(
                "INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id) "
                "VALUES ($1, $2, $3, $4)",
                account.id,
                status.id,
                status.account_id,
                status.reblog_of_id,
            )
