"""An event stream (server-sent events, HTML standard 9.2): one stream over one HTTP answer."""

import asyncio

from watertower.accounts.model import Viewer
from watertower.api.streaming.connection import TRY_AGAIN, Connection
from watertower.api.streaming.hub import Hub
from watertower.api.streaming.messages import Message
from watertower.api.streaming.open_stream import open_stream
from watertower.api.streaming.serve import abort, joined, run_until_ended
from watertower.api.streaming.streams import StreamRefused
from watertower.base.errors import Busy
from watertower.base.params import Params
from watertower.base.web import Receive, Response, Send, json_response

HEARTBEAT_SECONDS = 15.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"private, no-store"),
    (b"access-control-allow-origin", b"*"),
    (b"x-accel-buffering", b"no"),  # nginx would keep events back until its buffer is full
]


def refusal(refused: StreamRefused) -> Response:
    """The answer to somebody who cannot have a stream."""
    headers = {"access-control-allow-origin": "*"}
    return json_response({"error": refused.says}, refused.status, headers)


async def serve_event_stream(
    hub: Hub,
    viewer: Viewer,
    receive: Receive,
    send: Send,
    *,
    name: str,
    params: Params,
    kills_heard: int,
) -> None:
    """Serve one event stream until either side ends it; StreamRefused before it began."""
    async with joined(hub, viewer, Message.for_event_stream, kills_heard=kills_heard) as connection:
        if connection.ended.is_set():
            raise StreamRefused("Invalid access token", 401)
        try:
            await open_stream(hub, connection, name, params)
        except Busy as busy:
            raise StreamRefused(busy.says, 503) from busy
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _send(send, ":)\n")
        await run_until_ended(
            connection, _until_gone(receive), _write(connection, send), _keep_alive(connection)
        )
        if connection.ended.is_set() and connection.end_code == TRY_AGAIN:
            abort(send)
            return
        try:
            async with asyncio.timeout(2):
                await send({"type": "http.response.body", "body": b""})
        except Exception:  # noqa: BLE001  # it is closed already, or does not read
            abort(send)


async def _send(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _write(connection: Connection, send: Send) -> None:
    while True:
        await _send(send, "".join(await connection.next_texts()))


async def _keep_alive(connection: Connection) -> None:
    """Proxies close what is silent; a comment line says that we are still here."""
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        connection.push_text(":thump\n")


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
