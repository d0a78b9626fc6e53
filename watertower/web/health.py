"""Health and metrics: for load balancers, monitors and operators, not for people."""

import asyncio
import hmac
import time
from collections.abc import Coroutine
from ipaddress import ip_address, ip_network
from typing import Any

import asyncpg
from prometheus_client import CONTENT_TYPE_LATEST

from watertower.base.client_address import client_address
from watertower.base.context import Context
from watertower.base.db.ping import ping
from watertower.base.errors import Busy
from watertower.base.metrics import exposition
from watertower.base.settings import ServerSettings
from watertower.base.web import Response, Scope, json_response
from watertower.base.work.queue_length import queue_length

PATHS = frozenset({"/health", "/health/live", "/health/ready", "/metrics"})


async def answer_health(ctx: Context, scope: Scope, headers: dict[str, str]) -> Response:
    """Answer one of PATHS."""
    if scope["method"] not in {"GET", "HEAD"}:
        return json_response({"error": "Method not allowed"}, 405, {"allow": "GET, HEAD"})
    path = scope["path"]
    if path == "/metrics":
        server = ctx.settings.server
        ip = client_address(scope, headers, server.trusted_proxies)
        if not may_read_metrics(server, ip=ip, headers=headers):
            return json_response({"error": "Not found"}, 404)
        body = exposition(await _due(ctx))
        return Response(body, content_type=CONTENT_TYPE_LATEST, headers=_NOT_KEPT)
    if path == "/health/ready":
        return await _ready(ctx)
    return Response(b"OK", content_type="text/plain; charset=utf-8", headers=_NOT_KEPT)


READY_SECONDS = 2.0  # for each; what takes longer is not ready
_NO_DATABASE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError, Busy)
_NOT_KEPT = {"cache-control": "no-store"}


def may_read_metrics(server: ServerSettings, *, ip: str, headers: dict[str, str]) -> bool:
    """Whether the caller is on this machine, in a trusted network, or knows the token.

    `ip` is the caller as far as trusted proxies vouch for it, so a visitor who comes through a
    proxy on this machine does not count as this machine.
    """
    token = server.metrics_token
    given = headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    networks = [n.strip() for n in server.trusted_proxies.split(",") if n.strip()]
    return address.is_loopback or any(
        address in ip_network(network, strict=False) for network in networks
    )


async def _due(ctx: Context) -> dict[str, int]:
    """How much waits; nothing while the database cannot say."""
    try:
        async with asyncio.timeout(READY_SECONDS), ctx.reading() as tx:
            return await queue_length(tx)
    except _NO_DATABASE:
        return {}


async def _ready(ctx: Context) -> Response:
    """Whether what we depend on answers: the database and the store of files."""
    started = time.perf_counter()
    failing = [name for name, check in _CHECKS.items() if not await _in_time(check(ctx))]
    seconds = round(time.perf_counter() - started, 4)
    if failing:
        body = {"ready": False, "failing": failing, "seconds": seconds}
        return json_response(body, 503, _NOT_KEPT | {"retry-after": "5"})
    return json_response({"ready": True, "seconds": seconds}, headers=_NOT_KEPT)


async def _in_time(check: Coroutine[Any, Any, bool]) -> bool:
    """What the check says, or False. It is not waited for even where it cannot be stopped."""
    task = asyncio.create_task(check)
    done, _ = await asyncio.wait({task}, timeout=READY_SECONDS)
    if not done:
        task.cancel()
        return False
    return task.result()


async def _database_answers(ctx: Context) -> bool:
    try:
        async with ctx.reading() as tx:
            await ping(tx)
    except _NO_DATABASE:
        return False
    return True


async def _storage_answers(ctx: Context) -> bool:
    try:
        await ctx.storage.check()
    except Exception:  # noqa: BLE001  # each kind of store has failures of its own
        return False
    return True


_CHECKS = {"database": _database_answers, "storage": _storage_answers}
