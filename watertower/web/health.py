"""Health and metrics: for load balancers, monitors and operators, not for people."""

import hmac
import time
from ipaddress import ip_address, ip_network

import asyncpg
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from watertower.base.client_address import client_address
from watertower.base.context import Context
from watertower.base.db.ping import ping
from watertower.base.errors import Busy
from watertower.base.settings import ServerSettings
from watertower.base.web import Response, Scope, json_response

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
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST, headers=_NOT_KEPT)
    if path == "/health/ready":
        return await _ready(ctx)
    return Response(b"OK", content_type="text/plain; charset=utf-8", headers=_NOT_KEPT)


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


async def _ready(ctx: Context) -> Response:
    """Whether what we depend on answers: the database and the store of files."""
    started = time.perf_counter()
    failing = [name for name, check in _CHECKS.items() if not await check(ctx)]
    seconds = round(time.perf_counter() - started, 4)
    if failing:
        body = {"ready": False, "failing": failing, "seconds": seconds}
        return json_response(body, 503, _NOT_KEPT | {"retry-after": "5"})
    return json_response({"ready": True, "seconds": seconds}, headers=_NOT_KEPT)


async def _database_answers(ctx: Context) -> bool:
    try:
        async with ctx.reading() as tx:
            await ping(tx)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError, Busy):
        return False
    return True


async def _storage_answers(ctx: Context) -> bool:
    try:
        await ctx.storage.check()
    except Exception:  # noqa: BLE001  # each kind of store has failures of its own
        return False
    return True


_CHECKS = {"database": _database_answers, "storage": _storage_answers}
