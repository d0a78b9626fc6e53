"""/desk/servers/incidents, software, clean_up, friends: many servers at once."""

from datetime import timedelta

from watertower.base.errors import Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.server_incidents import incident_shown, incidents
from watertower.moderation.access.server_rules import (
    clean_up_for,
    clean_ups,
    friends,
    software_rules,
)
from watertower.moderation.actions.servers.clean_up import (
    clean_up,
    draft_clean_up,
    restore_cleaned,
)
from watertower.moderation.actions.servers.dismiss import dismiss_friend
from watertower.moderation.actions.servers.incident import (
    limit_for_incident,
    open_incident,
    release_from_incident,
    update_living_page,
)
from watertower.moderation.actions.servers.software_rule import (
    add_rule,
    end_software_rule,
    preview_rule,
)
from watertower.moderation.model.servers import Impact
from watertower.web.desk.servers.decide import moment_in
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

WEEK = timedelta(days=7)


async def get_incidents(request: WebRequest) -> Response:
    """All incidents."""
    return await _incidents(request)


async def _incidents(request: WebRequest, wrong: str = "") -> Response:
    return page(
        request,
        "desk/servers_incidents.html",
        status=422 if wrong else 200,
        incidents=await incidents(request.ctx),
        now=request.ctx.now(),
        wrong=wrong,
    )


async def post_incidents(request: WebRequest) -> Response:
    """Name an incident."""
    try:
        incident = await open_incident(
            request.ctx,
            actor_id=request.my_account_id,
            name=request.line("name", 300),
            text=request.text("text"),
            review_at=moment_in(request, "review_on") or request.ctx.now() + WEEK,
        )
    except Refused as refused:
        return await _incidents(request, refused.says)
    return redirect(f"/desk/servers/incidents/{incident.id}", 303)


async def get_incident(request: WebRequest) -> Response:
    """One incident, with the servers that are limited for it."""
    return await _incident(request)


async def _incident(request: WebRequest, wrong: str = "") -> Response:
    incident, limited, released = await incident_shown(request.ctx, incident_id=request.path_id())
    return page(
        request,
        "desk/servers_incident.html",
        status=422 if wrong else 200,
        incident=incident,
        limited=limited,
        released=released,
        now=request.ctx.now(),
        wrong=wrong,
    )


async def post_incident(request: WebRequest) -> Response:
    """Limit a server for it, release one or all, or write how it stands."""
    incident_id, me, do = request.path_id(), request.my_account_id, request.text("do", 20)
    try:
        if do == "limit":
            await limit_for_incident(
                request.ctx,
                actor_id=me,
                incident_id=incident_id,
                domain=request.line("domain", 300),
            )
        elif do == "update":
            await update_living_page(
                request.ctx,
                actor_id=me,
                incident_id=incident_id,
                text=request.text("text"),
                review_at=moment_in(request, "review_on") or request.ctx.now() + WEEK,
            )
        elif do in {"release", "release_all"}:
            await release_from_incident(
                request.ctx,
                actor_id=me,
                incident_id=incident_id,
                domain=None if do == "release_all" else request.line("domain", 300),
            )
    except Refused as refused:
        return await _incident(request, refused.says)
    return redirect(f"/desk/servers/incidents/{incident_id}", 303)


async def get_software(request: WebRequest) -> Response:
    """Rules about software; with a software and a version, what a new one would do."""
    return await _software(request)


async def _software(request: WebRequest, wrong: str = "") -> Response:
    software, below = request.line("software", 100), request.line("below_version", 50)
    domains: list[str] = []
    impact = Impact()
    if software and below:
        domains, impact = await preview_rule(request.ctx, software=software, below_version=below)
    return page(
        request,
        "desk/servers_software.html",
        status=422 if wrong else 200,
        rules=await software_rules(request.ctx),
        software=software,
        below=below,
        reason=request.text("reason"),
        severity=request.text("severity", 10) or "suspend",
        domains=domains,
        impact=impact,
        wrong=wrong,
    )


async def post_software(request: WebRequest) -> Response:
    """Put a rule in force, or end one."""
    try:
        ended = id_of(request.text("end", 20))
        if ended is not None:
            await end_software_rule(request.ctx, actor_id=request.my_account_id, rule_id=ended)
        else:
            await add_rule(
                request.ctx,
                actor_id=request.my_account_id,
                software=request.line("software", 100),
                below_version=request.line("below_version", 50),
                severity=request.text("severity", 10),
                reason=request.text("reason"),
                notifies=request.is_on("notifies"),
            )
    except Refused as refused:
        return await _software(request, refused.says)
    return redirect("/desk/servers/software", 303)


async def get_clean_ups(request: WebRequest) -> Response:
    """Batches, and who does not answer."""
    return await _clean_ups(request)


async def _clean_ups(request: WebRequest, wrong: str = "") -> Response:
    batches, dead = await clean_ups(request.ctx)
    return page(
        request,
        "desk/servers_clean_ups.html",
        status=422 if wrong else 200,
        batches=batches,
        dead=dead,
        wrong=wrong,
    )


async def post_clean_ups(request: WebRequest) -> Response:
    """Draft a batch."""
    try:
        found = await draft_clean_up(
            request.ctx, actor_id=request.my_account_id, text=request.text("text")
        )
    except Refused as refused:
        return await _clean_ups(request, refused.says)
    return redirect(f"/desk/servers/clean_up/{found}", 303)


async def get_clean_up(request: WebRequest) -> Response:
    """One batch, with its preview."""
    found = await clean_up_for(request.ctx, clean_up_id=request.path_id())
    return page(request, "desk/servers_clean_up.html", found=found, batch=found.batch)


async def post_clean_up(request: WebRequest) -> Response:
    """Carry it out, or take back all of it or one server."""
    clean_up_id, me, do = request.path_id(), request.my_account_id, request.text("do", 20)
    if do == "clean":
        await clean_up(request.ctx, actor_id=me, clean_up_id=clean_up_id)
    elif do in {"restore", "restore_all"}:
        await restore_cleaned(
            request.ctx,
            actor_id=me,
            clean_up_id=clean_up_id,
            domain=None if do == "restore_all" else request.line("domain", 300),
        )
    return redirect(f"/desk/servers/clean_up/{clean_up_id}", 303)


async def get_friends(request: WebRequest) -> Response:
    """Who deals with harmful servers."""
    return page(request, "desk/servers_friends.html", friends=await friends(request.ctx))


async def post_friends(request: WebRequest) -> Response:
    """Looked at: it only coexists."""
    await dismiss_friend(
        request.ctx, actor_id=request.my_account_id, domain=request.line("domain", 300)
    )
    return redirect("/desk/servers/friends", 303)
