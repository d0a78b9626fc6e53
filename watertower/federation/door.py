"""The door of other servers: WebFinger, NodeInfo, documents, inboxes."""

import asyncio

import structlog

from watertower.base.context import Context
from watertower.base.errors import Busy, NotFound, Refused
from watertower.base.metrics import REQUESTS
from watertower.base.web import Receive, Response, Routes, Scope, Send, json_response
from watertower.federation.answers import refusal_response
from watertower.federation.request import request_of, wants_document
from watertower.federation.routes import ROUTES, FederationRoute

log = structlog.get_logger()

# What pages of other sites may read too; a browser asks before it sends more than a plain GET.
OPEN_TO_PAGES = ("/.well-known/", "/nodeinfo/")
PREFLIGHT = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, OPTIONS",
    "access-control-allow-headers": "authorization, content-type, idempotency-key",
    "access-control-max-age": "86400",
}


class FederationDoor:
    """Serves the routes of federation/routes.py."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._routes: Routes[FederationRoute] = Routes()
        for row in ROUTES:
            self._routes.add(row.method, row.path, row)

    def takes(self, scope: Scope) -> bool:
        """Whether the request is for another server's eyes.

        `/@name` is a page for people, and ours only when a document is asked for.
        """
        if scope["type"] != "http":
            return False
        found = self._routes.find(scope["method"], scope["path"])
        if not isinstance(found, tuple):
            return found != frozenset() and _is_preflight(scope)
        if not found[0].is_page:
            return True
        return scope["path"].startswith(("/@", "/tags/")) and wants_document(_accept(scope))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(scope, receive)
        await response(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        if _is_preflight(scope):
            return Response(status=204, content_type="", headers=dict(PREFLIGHT))
        found = self._routes.find(scope["method"], scope["path"])
        if not isinstance(found, tuple):
            return refusal_response(NotFound())
        row, path_params = found
        request = request_of(self._ctx, scope, receive, path_params)
        try:
            async with asyncio.timeout(self._ctx.settings.server.request_deadline_seconds):
                response = await row.handler(request)
        except Refused as refused:
            response = refusal_response(refused)
        except TimeoutError:
            response = refusal_response(Busy())
        except Exception:
            log.exception("request failed", path=scope["path"])
            response = json_response({"error": "Something went wrong on our side"}, 500)
        REQUESTS.labels(row.method, f"federation {row.path}", str(response.status)).inc()
        return response


def _is_preflight(scope: Scope) -> bool:
    path: str = scope["path"]
    return scope["method"] == "OPTIONS" and path.startswith(OPEN_TO_PAGES)


def _accept(scope: Scope) -> str:
    return next(
        (value.decode("latin-1") for name, value in scope["headers"] if name == b"accept"), ""
    )
