"""The door of pages: what no other door takes, health and metrics included.

In order: find the page, read the form, see whose session it is, check that the form is ours,
call the handler, all before a deadline. Refusals become friendly pages; anything else is a
fault, logged with its trace and shown without details.
"""

import asyncio
import time

import structlog

from watertower.accounts.actions.sessions import session_of
from watertower.base.body import forget_uploads, read_params
from watertower.base.client_address import client_address
from watertower.base.context import Context
from watertower.base.errors import Busy, NotFound, NotSignedIn, Refused
from watertower.base.metrics import REQUEST_SECONDS, REQUESTS
from watertower.base.params import Upload
from watertower.base.text.clean import clean_text
from watertower.base.web import Receive, Response, Routes, Scope, Send, json_response, redirect
from watertower.web.cookies import SESSION, cookie_name, forgotten, read_cookies
from watertower.web.csrf import FIELD, require_own_form
from watertower.web.errors import FAULT, FROZEN, WRONG_METHOD, refusal_page, trouble_page
from watertower.web.health import PATHS as HEALTH_PATHS
from watertower.web.health import answer_health
from watertower.web.request import WebRequest
from watertower.web.route import Route
from watertower.web.routes import ROUTES
from watertower.web.security import page_headers
from watertower.web.sign_in.session import viewer_behind
from watertower.web.sign_in.show import to_sign_in
from watertower.web.views.site import nameless_site, site_shown

log = structlog.get_logger()

SAFE = frozenset({"GET", "HEAD"})


class WebDoor:
    """Serves pages, health and metrics."""

    def __init__(self, ctx: Context, *, role: str) -> None:
        self._ctx = ctx
        self._role = role
        self._routes: Routes[Route] = Routes()
        for route in ROUTES:
            self._routes.add(route.method, route.path, route)

    def takes(self, scope: Scope) -> bool:
        """Everything that is left over."""
        return bool(scope["type"] == "http")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = time.perf_counter()
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        if scope["path"] in HEALTH_PATHS:
            await (await answer_health(self._ctx, scope, headers))(scope, receive, send)
            return
        if self._role != "web":
            await json_response({"error": "Not found"}, 404)(scope, receive, send)
            return
        name, response = await self._answer(scope, headers, receive)
        response.headers.setdefault("x-request-id", scope["state"].get("request_id", ""))
        await response(scope, receive, send)
        REQUESTS.labels(scope["method"], name, response.status).inc()
        REQUEST_SECONDS.labels(name).observe(time.perf_counter() - started)

    async def _answer(
        self, scope: Scope, headers: dict[str, str], receive: Receive
    ) -> tuple[str, Response]:
        """The name of the route, and its answer with all headers."""
        request = self._request(scope, headers)
        found = self._routes.find(request.method, request.path)
        route = found[0] if isinstance(found, tuple) else None
        try:
            async with asyncio.timeout(self._ctx.settings.server.request_deadline_seconds):
                if route is None or route.knows_session:
                    request.site = await site_shown(self._ctx)
                    await self._recognise(request)
                if isinstance(found, tuple):
                    request.path_params = {n: clean_text(v) for n, v in found[1].items()}
                    response = await self._serve(found[0], request, scope, receive)
                elif found:
                    response = trouble_page(request, WRONG_METHOD)
                    response.headers["allow"] = ", ".join(sorted(found))
                else:
                    response = refusal_page(request, NotFound())
        except NotSignedIn as refused:
            response = (
                refusal_page(request, refused) if request.prefers_json else to_sign_in(request)
            )
        except Refused as refused:
            response = refusal_page(request, refused)
        except TimeoutError:
            log.warning("deadline", path=request.path)
            response = refusal_page(request, Busy())
        except Exception:
            log.exception("fault", path=request.path, method=request.method)
            response = trouble_page(request, FAULT)
        finally:
            forget_uploads(request.uploads)
        self._finish(request, response, route)
        return (route.path if route else "none"), response

    async def _serve(
        self, route: Route, request: WebRequest, scope: Scope, receive: Receive
    ) -> Response:
        request.params = await read_params(
            scope,
            request.headers,
            receive,
            self._ctx.settings,
            request.uploads,
            takes_files=route.takes_files,
        )
        if request.method not in SAFE and not route.takes_foreign_forms:
            require_own_form(
                request.headers,
                self._ctx.settings,
                key=self._ctx.secrets.key,
                binding=request.binding,
                given=request.params.get(FIELD),
            )
        if route.needs_login and request.signed_in is None:
            raise NotSignedIn
        if route.needs_member and request.viewer is None:
            if request.signed_in is not None:
                return redirect("/auth/waiting", 303)
            raise NotSignedIn
        if route.permission is not None and not request.me.may(route.permission):
            raise NotFound
        if request.viewer is not None and request.viewer.is_frozen and not route.is_for_frozen:
            return trouble_page(request, FROZEN)
        return await route.handler(request)

    def _request(self, scope: Scope, headers: dict[str, str]) -> WebRequest:
        settings = self._ctx.settings
        cookies = read_cookies(headers.get("cookie", ""))
        uploads: list[Upload] = []
        return WebRequest(
            ctx=self._ctx,
            viewer=None,
            signed_in=None,
            session_token=None,
            method=scope["method"],
            path=scope["path"],
            query=scope.get("query_string", b"").decode("latin-1"),
            params={},
            path_params={},
            headers=headers,
            cookies=cookies,
            ip=client_address(scope, headers, settings.server.trusted_proxies),
            site=nameless_site(self._ctx),
            uploads=uploads,
        )

    async def _recognise(self, request: WebRequest) -> None:
        """Whose session the cookie names; a cookie that names none is taken back."""
        token = request.cookies.get(cookie_name(self._ctx.settings, SESSION))
        if not token:
            return
        request.signed_in = await session_of(self._ctx, token=token, ip=request.ip)
        if request.signed_in is None:
            request.new_cookies.append(forgotten(self._ctx.settings, SESSION))
        else:
            request.session_token = token
            request.viewer = viewer_behind(request.signed_in)

    def _finish(self, request: WebRequest, response: Response, route: Route | None) -> None:
        """Headers and cookies that every answer of this door carries."""
        response.cookies = request.new_cookies + response.cookies  # of one name, the last counts
        framed = route is not None and route.may_be_framed and response.status == 200
        for name, value in page_headers(self._ctx.settings, may_be_framed=framed).items():
            response.headers.setdefault(name, value)
        if framed:
            response.headers.pop("x-frame-options", None)
        response.headers.setdefault("cache-control", "private, no-store")
        response.headers.setdefault("vary", "Accept, Cookie")
