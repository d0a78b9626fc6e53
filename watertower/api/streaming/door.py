"""The door of live updates: WebSockets and event streams below /api/v1/streaming.

One listener and one hub for each process. In a process that only streams this is all there is.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from watertower.api.door import PREFLIGHT
from watertower.api.streaming.event_stream import refusal, serve_event_stream
from watertower.api.streaming.hub import Hub
from watertower.api.streaming.prepare import prepare
from watertower.api.streaming.sign_in import sign_in
from watertower.api.streaming.socket import refuse_socket, serve_socket
from watertower.api.streaming.streams import StreamRefused, name_of_path
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.live import Listener, LiveEvent
from watertower.base.params import Params, parse_query
from watertower.base.web import Receive, Response, Scope, Send

log = structlog.get_logger()

PREFIX = "/api/v1/streaming"


class StreamingDoor:
    """Serves /api/v1/streaming."""

    def __init__(
        self,
        ctx: Context,
        *,
        heard: Callable[[LiveEvent], None],
        connected: Callable[[], Awaitable[None]],
    ) -> None:
        """`heard` and `connected` are told as well: a process has one connection that listens."""
        self.hub = Hub(ctx, prepare)
        self._also_heard, self._also_connected = heard, connected
        self.listener = Listener(
            ctx.settings.database.url, heard=self._hear, connected=self._connected
        )
        self._ctx = ctx
        self._tasks: list[asyncio.Task[None]] = []

    def takes(self, scope: Scope) -> bool:
        """Whether the request opens a stream. Every WebSocket comes here, wherever it leads."""
        path: str = scope["path"]
        return scope["type"] == "websocket" or path == PREFIX or path.startswith(PREFIX + "/")

    async def start(self) -> None:
        """Begin to listen; a database that is away for the moment is no error."""
        for part in (self.listener.run(), self.hub.run(), self.hub.keep_fresh()):
            self._tasks.append(asyncio.create_task(part))
        with suppress(TimeoutError):
            await asyncio.wait_for(self.listener.is_listening.wait(), 2)

    def _hear(self, event: LiveEvent) -> None:
        self._also_heard(event)
        self.hub.hear(event)

    async def _connected(self) -> None:
        await self._also_connected()
        await self.hub.refresh()

    async def stop(self) -> None:
        """Close all sockets. May be called twice."""
        self.hub.end_all()
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one stream."""
        structlog.contextvars.bind_contextvars(path=scope["path"])
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].rstrip("/") != PREFIX:
            await refuse_socket(send, StreamRefused("Not found", 404))
            return
        try:
            params = _params(scope)
            kills_heard = self.hub.kills_heard
            viewer = await sign_in(self._ctx, scope, params)
            await serve_socket(
                self.hub, viewer, scope, receive, send, params=params, kills_heard=kills_heard
            )
        except StreamRefused as refused:
            await refuse_socket(send, refused)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(scope, receive, send)
        if response is not None:
            await response(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> Response | None:
        """The answer where no stream begins; None after a stream."""
        if scope["method"] == "OPTIONS":
            return Response(status=204, content_type="", headers=PREFLIGHT)
        if scope["method"] not in {"GET", "HEAD"}:
            return refusal(StreamRefused("Method not allowed", 405))
        rest = scope["path"].removeprefix(PREFIX)
        if rest == "/health":
            return Response(b"OK", content_type="text/plain; charset=utf-8")
        if rest in {"", "/"} or scope["method"] == "HEAD":
            return refusal(StreamRefused("Not found", 404))
        try:
            params = _params(scope)
            only_media = str(params.get("only_media", "")).lower() in {"true", "1", "on"}
            kills_heard = self.hub.kills_heard
            viewer = await sign_in(self._ctx, scope, params)
            name = name_of_path(rest, only_media=only_media)
            await serve_event_stream(
                self.hub,
                viewer,
                receive,
                send,
                name=name or "",
                params=params,
                kills_heard=kills_heard,
            )
        except StreamRefused as refused:
            return refusal(refused)
        return None


def _params(scope: Scope) -> Params:
    try:
        return parse_query(scope.get("query_string", b""))
    except Invalid as invalid:
        raise StreamRefused(invalid.says, 400) from invalid
