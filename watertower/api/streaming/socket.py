"""A WebSocket: several streams over one connection, opened and closed by messages.

The app sends {"type": "subscribe" or "unsubscribe", "stream": …, "list": …, "tag": …} and gets
{"stream": […], "event": …, "payload": "…"}; what cannot be done is answered {"error", "status"}.
"""

import asyncio

import msgspec

from watertower.accounts.model import Viewer
from watertower.api.streaming.connection import NOT_ALLOWED, ONLY_TEXT, TRY_AGAIN, Connection
from watertower.api.streaming.hub import Hub
from watertower.api.streaming.messages import Message
from watertower.api.streaming.open_stream import close_stream, open_stream
from watertower.api.streaming.serve import abort, joined, run_until_ended
from watertower.api.streaming.streams import StreamRefused
from watertower.base.errors import Busy
from watertower.base.json import from_json, to_json, to_json_bytes
from watertower.base.params import Params
from watertower.base.web import Receive, Scope, Send

# An app that sends more commands than this within a minute is broken or means harm.
MOST_COMMANDS_A_MINUTE = 300
CLOSE_SECONDS = 2.0


async def refuse_socket(send: Send, refused: StreamRefused) -> None:
    """Answer the handshake with an HTTP error instead of a socket."""
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"access-control-allow-origin", b"*"),
    ]
    body = to_json_bytes({"error": refused.says})
    await send(
        {"type": "websocket.http.response.start", "status": refused.status, "headers": headers}
    )
    await send({"type": "websocket.http.response.body", "body": body})


async def serve_socket(
    hub: Hub,
    viewer: Viewer,
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    params: Params,
    kills_heard: int,
) -> None:
    """Serve one socket until either side ends it. The token was found good."""
    async with joined(hub, viewer, Message.for_socket, kills_heard=kills_heard) as connection:
        if connection.ended.is_set():
            raise StreamRefused("Invalid access token", 401)
        subprotocols = scope.get("subprotocols") or [None]
        await send({"type": "websocket.accept", "subprotocol": subprotocols[0]})
        if params.get("stream"):
            await _obey(hub, connection, {**params, "type": "subscribe"})
        await run_until_ended(connection, _read(hub, connection, receive), _write(connection, send))
        if connection.ended.is_set():
            await _close(send, connection.end_code)


async def _write(connection: Connection, send: Send) -> None:
    while True:
        for text in await connection.next_texts():
            await send({"type": "websocket.send", "text": text})


async def _close(send: Send, code: int) -> None:
    if code == TRY_AGAIN:
        abort(send)
        return
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await send({"type": "websocket.close", "code": code})
    except Exception:  # noqa: BLE001  # it is closed already, or does not read
        abort(send)


async def _read(hub: Hub, connection: Connection, receive: Receive) -> None:
    loop = asyncio.get_running_loop()
    minute, commands = loop.time(), 0
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        if message["type"] != "websocket.receive":
            continue
        text = message.get("text")
        if text is None:
            connection.end(ONLY_TEXT)
            return
        if loop.time() - minute > 60:
            minute, commands = loop.time(), 0
        commands += 1
        if commands > MOST_COMMANDS_A_MINUTE:
            connection.end(NOT_ALLOWED)
            return
        await _obey(hub, connection, _command_of(text))


def _command_of(text: str) -> Params:
    """A message as a command; what is no JSON object is an empty one."""
    try:
        command = from_json(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return {}
    return command if isinstance(command, dict) else {}


async def _obey(hub: Hub, connection: Connection, command: Params) -> None:
    """Carry a command out, or say why not. Commands we do not know are passed over."""
    try:
        if command.get("type") == "subscribe":
            await open_stream(hub, connection, command.get("stream"), command)
        elif command.get("type") == "unsubscribe":
            close_stream(hub, connection, command.get("stream"), command)
    except StreamRefused as refused:
        connection.push_text(to_json({"error": refused.says, "status": refused.status}))
    except Busy as busy:
        connection.push_text(to_json({"error": busy.says, "status": 503}))
