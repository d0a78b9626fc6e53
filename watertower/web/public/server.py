"""/servers and /servers/:domain: what holds between us and another server, and how to ask to decide again."""

from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.server_incidents import incident_shown, incidents
from watertower.moderation.access.server_reviews import criteria_in_force
from watertower.moderation.access.server_talk import server_seen_by
from watertower.moderation.access.servers import months
from watertower.moderation.actions.servers.ask import ask
from watertower.moderation.errors.servers import OwnServer, WrongDomain
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_servers(request: WebRequest) -> Response:
    """How often this community limited, suspended and restored servers, and what it rests on."""
    return page(
        request,
        "servers.html",
        months=await months(request.ctx),
        incidents=[one for one in await incidents(request.ctx) if one.closed_at is None],
        criteria=await criteria_in_force(request.ctx),
    )


async def get_server(request: WebRequest) -> Response:
    """The page."""
    return await _page(request)


async def post_server(request: WebRequest) -> Response:
    """Ask to decide again, or say what worries one: members, and people elsewhere by mail."""
    kind = "concern" if request.text("kind", 20) == "concern" else "reconsider"
    try:
        await ask(
            request.ctx,
            domain=request.path_params["domain"],
            text=request.text("text"),
            account_id=request.viewer.account_id if request.viewer else None,
            address="" if request.viewer else request.line("address", 320),
            kind=kind,
        )
    except (OwnServer, WrongDomain) as error:
        raise NotFound from error
    except Refused as refused:
        return await _page(request, refused.says)
    return redirect(f"/servers/{request.path_params['domain']}?note=asked", 303)


async def _page(request: WebRequest, wrong: str = "") -> Response:
    viewer = request.viewer
    try:
        seen = await server_seen_by(
            request.ctx,
            domain=request.path_params["domain"],
            account_id=viewer.account_id if viewer else None,
        )
    except (OwnServer, WrongDomain) as error:
        raise NotFound from error
    return page(
        request,
        "server.html",
        status=422 if wrong else 200,
        seen=seen,
        may_ask=viewer is not None,
        has_asked=request.text("note", 10) == "asked",
        wrong=wrong,
        text=request.text("text") if wrong else "",
        address=request.line("address", 320) if wrong else "",
    )


async def get_incident(request: WebRequest) -> Response:
    """The one public page of an incident: what happened, and which servers are limited for it."""
    incident, limited, released = await incident_shown(request.ctx, incident_id=request.path_id())
    return page(
        request,
        "server_incident.html",
        incident=incident,
        limited=limited,
        released=released,
    )
