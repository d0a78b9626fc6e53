"""The door itself: an ASGI request becomes an ApiRequest, an outcome becomes an answer.

In order: find the route, read the body within its limit, admit the caller, call the handler,
all before a deadline. Refusals become their answers; anything else is a fault, logged with its
trace and answered 500 without details.
"""

import asyncio
import time
from dataclasses import replace
from functools import cache

import structlog

from watertower.accounts.access.known_viewers import KnownViewers
from watertower.accounts.tokens import hash_of
from watertower.api.errors import error_response
from watertower.api.gate import admit, bearer_token
from watertower.api.rates import check_rate
from watertower.api.request import ApiRequest
from watertower.api.route import Route
from watertower.base.body import forget_uploads, read_params
from watertower.base.client_address import client_address
from watertower.base.compress import LEAST_BYTES, compress
from watertower.base.context import Context
from watertower.base.errors import Busy, NotFound, Refused
from watertower.base.metrics import REQUEST_SECONDS, REQUESTS
from watertower.base.params import Upload
from watertower.base.web import Receive, Response, Routes, Scope, Send, header_of, json_response

log = structlog.get_logger()

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

CORS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": (
        "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, "
        "Mastodon-Async-Refresh, Deprecation"
    ),
}
PREFLIGHT = CORS | {
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "access-control-allow-headers": "authorization, content-type, idempotency-key",
    "access-control-max-age": "86400",
}


# Finding a labelled metric takes longer than counting with it.
_counter = cache(REQUESTS.labels)
_timer = cache(REQUEST_SECONDS.labels)


class ApiDoor:
    """Serves the routes of api/routes.py."""

    def __init__(self, ctx: Context, routes: list[Route], viewers: KnownViewers) -> None:
        self._ctx = ctx
        self._viewers = viewers
        self._routes: Routes[Route] = Routes()
        for route in routes:
            self._routes.add(route.method, route.path, route)

    def takes(self, scope: Scope) -> bool:
        """Whether the request is for the API: by its address, or because a route has it."""
        if scope["type"] != "http":
            return False
        path: str = scope["path"]
        return path.startswith("/api/") or bool(self._routes.find(scope["method"], path))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = time.perf_counter()
        method, path = scope["method"], scope["path"]
        found = self._routes.find(method, path)
        route = found[0] if isinstance(found, tuple) else None
        if isinstance(found, tuple):
            response = await self._answer(found[0], found[1], scope, receive)
        elif method == "OPTIONS" and found:
            response = Response(status=204, content_type="", headers=PREFLIGHT)
        elif found:
            response = json_response({"error": "Method not allowed"}, 405)
            response.headers["allow"] = ", ".join(sorted(found))
        else:
            response = error_response(NotFound("Record not found"))
        for name, value in CORS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("x-request-id", scope["state"].get("request_id", ""))
        response.headers.setdefault("cache-control", "private, no-store")
        response.headers.setdefault("vary", "Authorization, Origin")
        if self._ctx.settings.server.compresses and len(response.body) >= LEAST_BYTES:
            compress(response, header_of(scope, b"accept-encoding"))
        await response(scope, receive, send)
        name = route.path if route else "none"
        _counter(method, name, response.status).inc()
        _timer(name).observe(time.perf_counter() - started)

    async def _answer(
        self, route: Route, path_params: dict[str, str], scope: Scope, receive: Receive
    ) -> Response:
        uploads: list[Upload] = []
        limits: dict[str, str] = {}
        try:
            if any("\x00" in value for value in path_params.values()):
                raise NotFound  # noqa: TRY301  # no name of anything holds NUL
            async with asyncio.timeout(route.deadline_seconds or self._deadline):
                headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
                settings = self._ctx.settings
                ip = client_address(scope, headers, settings.server.trusted_proxies)
                params = await read_params(
                    scope, headers, receive, settings, uploads, takes_files=route.takes_files
                )
                query_token = params.get("access_token")
                token = bearer_token(headers, query_token if isinstance(query_token, str) else None)
                try:
                    viewer = await admit(
                        self._ctx, route.rule, token=token, ip=ip, viewers=self._viewers
                    )
                except Refused:
                    # Each refusal costs a look at the database, so it counts as a visitor's call.
                    counted = replace(route, rate="general")
                    limits = await check_rate(self._ctx, counted, viewer=None, ip=ip)
                    raise
                limits = await check_rate(self._ctx, route, viewer=viewer, ip=ip)
                request = ApiRequest(
                    self._ctx,
                    viewer,
                    scope["method"],
                    scope["path"],
                    params,
                    path_params,
                    headers,
                    ip,
                    scope.get("query_string", b""),
                    uploads,
                )
                response = await route.handler(request)
                if scope["method"] not in SAFE:
                    self._forget(token)
        except Refused as refused:
            response = error_response(refused)
        except TimeoutError:
            log.warning("deadline", path=route.path)
            response = error_response(Busy())
        except Exception:
            log.exception("fault", path=route.path, method=route.method)
            response = json_response({"error": "Internal server error"}, 500)
        finally:
            forget_uploads(uploads)
        response.headers.update(limits)
        if route.deprecated:
            response.headers["deprecation"] = route.deprecated
        return response

    def _forget(self, token: str | None) -> None:
        """Before a change is answered: whoever made it sees it, though no event came yet."""
        if token is None:
            self._viewers.forget_all()  # a token may have been revoked
        else:
            self._viewers.forget(hash_of(token))

    @property
    def _deadline(self) -> float:
        return self._ctx.settings.server.request_deadline_seconds
