"""The door of pages: what no other door takes, health and metrics included."""

import time

import asyncpg
from prometheus_client import generate_latest

from watertower.base.context import Context
from watertower.base.web import Receive, Response, Scope, Send, json_response


class WebDoor:
    """Serves pages, health and metrics."""

    def __init__(self, ctx: Context, *, role: str) -> None:
        self._ctx = ctx
        self._role = role

    def takes(self, scope: Scope) -> bool:
        """Everything that is left over."""
        return bool(scope["type"] == "http")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(scope)
        await response(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        path = scope["path"]
        if path in {"/health", "/health/live"}:
            return Response(b"OK", content_type="text/plain")
        if path == "/health/ready":
            return await self._ready()
        if path == "/metrics":
            return Response(generate_latest(), content_type="text/plain; version=0.0.4")
        return json_response({"error": "Not found"}, 404)

    async def _ready(self) -> Response:
        """Whether what we depend on answers: the database and the store of files."""
        started = time.perf_counter()
        try:
            async with self._ctx.reading() as tx:
                await tx.fetch_value("SELECT 1")
            await self._ctx.storage.check()
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            return json_response({"ready": False, "reason": str(error)}, 503)
        return json_response({"ready": True, "seconds": round(time.perf_counter() - started, 4)})
