"""The web process: builds the context, mounts the doors, serves until told to stop."""

import asyncio
import secrets
import socket
from contextlib import AsyncExitStack
from typing import Any, Literal

import structlog
import uvicorn

from watertower.accounts.access.known_viewers import KnownViewers
from watertower.accounts.access.refused_networks import EVENT as NETWORKS_CHANGED
from watertower.accounts.access.refused_networks import RefusedNetworks
from watertower.api.door import ApiDoor
from watertower.api.routes import ROUTES
from watertower.api.streaming.door import StreamingDoor
from watertower.assemble import assembled
from watertower.base.client_address import client_address
from watertower.base.context import Context
from watertower.base.live import LiveEvent
from watertower.base.log import set_up_logs
from watertower.base.settings import Settings
from watertower.base.web import Receive, Scope, Send, json_response
from watertower.federation.door import FederationDoor
from watertower.web.door import WebDoor

log = structlog.get_logger()
Role = Literal["web", "stream"]


class Site:
    """The whole site: asks each door in turn whether a request is for it."""

    def __init__(self, ctx: Context, *, role: Role) -> None:
        self.ctx = ctx
        self.refused = RefusedNetworks()
        self.streaming = StreamingDoor(ctx, heard=self._hear, connected=self._connected)
        self.viewers = KnownViewers(
            hears=self.streaming.listener.is_listening.is_set,
            seconds=ctx.settings.server.viewer_memory_seconds,
        )
        self._reading: set[asyncio.Task[None]] = set()
        self._doors: list[Any] = [self.streaming]
        if role == "web":
            self._doors += [ApiDoor(ctx, ROUTES, self.viewers), FederationDoor(ctx)]
        self._doors.append(WebDoor(ctx, role=role))

    async def start(self) -> None:
        """Begin what runs beside requests."""
        await self.streaming.start()

    async def stop(self) -> None:
        """End it, telling open sockets."""
        await self.streaming.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or serve one socket."""
        if scope["type"] not in {"http", "websocket"}:
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        if not self.refused.is_empty and self._is_refused(scope):
            await _refuse(scope, receive, send)
            return
        for door in self._doors:
            if door.takes(scope):
                await door(scope, receive, send)
                return
        await json_response({"error": "Not found"}, 404)(scope, receive, send)

    def _hear(self, event: LiveEvent) -> None:
        self.viewers.hear(event)
        if event.name == NETWORKS_CHANGED:
            task = asyncio.create_task(self._read_refused())
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _connected(self) -> None:
        """Begin to listen: what happened before was not heard."""
        self.viewers.forget_all()
        await self._read_refused()

    async def _read_refused(self) -> None:
        """Learn which networks get no answer; one that cannot be read is read at the next event."""
        try:
            await self.refused.read(self.ctx)
        except Exception:
            log.exception("blocked networks not read")

    def _is_refused(self, scope: Scope) -> bool:
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        proxies = self.ctx.settings.server.trusted_proxies
        address = client_address(scope, headers, proxies)
        return self.refused.refuses(address, now=self.ctx.now())


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    says = "Your network has no access to this server"
    await json_response({"error": says}, 403)(scope, receive, send)


class Application:
    """The ASGI application: a site with its life cycle."""

    def __init__(self, settings: Settings, *, role: Role) -> None:
        self._settings = settings
        self._role: Role = role
        self._site: Site | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI connection, or the life cycle itself."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._site is not None:
            await self._site(scope, receive, send)

    async def end_streams(self) -> None:
        """Close open sockets and event streams, telling apps to come back."""
        if self._site is not None:
            await self._site.stop()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        database = self._settings.database
        connections = (
            database.web_connections if self._role == "web" else database.stream_connections
        )
        async with AsyncExitStack() as stack:
            try:
                ctx = await stack.enter_async_context(
                    assembled(self._settings, connections=connections)
                )
                self._site = Site(ctx, role=self._role)
                await self._site.start()
            except Exception as error:
                log.exception("start failed")
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                return
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await self._site.stop()
        await send({"type": "lifespan.shutdown.complete"})


class Server(uvicorn.Server):
    """Ends open streams first when it stops: requests that never end would hold it up."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: streams, then listening, then what is under way."""
        if isinstance(self.config.app, Application):
            await self.config.app.end_streams()
        await super().shutdown(sockets)


def make_server(application: Any) -> uvicorn.Server:
    """The HTTP server around an application."""
    config = uvicorn.Config(
        application,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=65_536,
        # Compressing for each socket apart would cost more than everything else a stream does.
        ws_per_message_deflate=False,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        date_header=True,
        access_log=False,
        log_config=None,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=8,
        h11_max_incomplete_event_size=65_536,
    )
    return Server(config)


def serve(settings: Settings, sock: socket.socket, *, role: Role) -> None:
    """Serve on a bound socket until SIGTERM or SIGINT, then answer what is under way."""
    set_up_logs(settings.log, process=role)
    server = make_server(Application(settings, role=role))
    server.run(sockets=[sock])
    if not server.started:
        raise SystemExit(3)
