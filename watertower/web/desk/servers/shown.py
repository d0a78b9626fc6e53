"""/desk/servers/:domain: all that is known of one server, and what can be done about it."""

from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.server_reviews import reviews_of
from watertower.moderation.access.server_talk import talk_about
from watertower.moderation.access.servers import server_record
from watertower.moderation.actions.servers.ask import answer_request, take_request
from watertower.moderation.actions.servers.decide import agree
from watertower.moderation.actions.servers.lift import lift
from watertower.moderation.actions.servers.mark import mark_server
from watertower.moderation.actions.servers.write_to import (
    add_contact,
    keep_answer,
    remove_contact,
    write_to,
)
from watertower.moderation.errors.servers import OwnServer, WrongDomain
from watertower.moderation.steps.servers import named_server
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

MARKS = {
    "is_watched": "Watch it: its first contact, or a sign of trouble, opens a review",
    "is_high_impact": "High impact: the community is told when research begins",
    "sells_data": "Known to sell or use people's data without their consent",
    "is_harmful": "Harmful: those who actively deal with it are looked at, too",
}


def domain_in(request: WebRequest) -> str:
    """The server in the address; NotFound for what is no name of another server."""
    try:
        return named_server(request.ctx, request.path_params["domain"])
    except (OwnServer, WrongDomain) as error:
        raise NotFound from error


async def get_server(request: WebRequest) -> Response:
    """The page."""
    return await shown(request, domain_in(request))


async def shown(request: WebRequest, domain: str, wrong: str = "") -> Response:
    """The page, with what was wrong with a form."""
    record = await server_record(request.ctx, domain=domain)
    return page(
        request,
        "desk/servers_shown.html",
        status=422 if wrong else 200,
        record=record,
        facts=record.facts,
        policy=record.policy,
        talk=await talk_about(request.ctx, domain=domain),
        reviews=await reviews_of(request.ctx, domain=domain),
        marks=[(name, words, getattr(record.facts, name)) for name, words in MARKS.items()],
        wrong=wrong,
        note=request.text("note", 20),
        me=request.my_account_id,
        now=request.ctx.now(),
    )


async def post_lift(request: WebRequest) -> Response:
    """Lift what holds."""
    domain = domain_in(request)
    try:
        await lift(
            request.ctx,
            actor_id=request.my_account_id,
            domain=domain,
            reason=request.text("reason"),
        )
    except Refused as refused:
        return await shown(request, domain, refused.says)
    return _back(domain, "lifted")


async def post_marks(request: WebRequest) -> Response:
    """Write the marks as the form shows them."""
    domain = domain_in(request)
    marks = {name: request.is_on(name) for name in MARKS} | {
        "watched_reason": request.line("watched_reason", 500),
        "note": request.text("note_text").strip(),
    }
    try:
        await mark_server(request.ctx, actor_id=request.my_account_id, domain=domain, marks=marks)
    except Refused as refused:
        return await shown(request, domain, refused.says)
    return _back(domain, "marked")


async def post_contact(request: WebRequest) -> Response:
    """Keep or forget an address of those who run it."""
    domain = domain_in(request)
    try:
        contact_id = id_of(request.text("remove", 20))
        if contact_id is not None:
            await remove_contact(
                request.ctx,
                actor_id=request.my_account_id,
                domain=domain,
                contact_id=contact_id,
            )
        else:
            await add_contact(
                request.ctx,
                actor_id=request.my_account_id,
                domain=domain,
                address=request.line("address", 320),
                source=request.line("source"),
            )
    except Refused as refused:
        return await shown(request, domain, refused.says)
    return _back(domain, "contact")


async def post_notice(request: WebRequest) -> Response:
    """Write to them, or keep what they wrote."""
    domain = domain_in(request)
    do = write_to if request.text("direction", 10) != "in" else keep_answer
    try:
        await do(
            request.ctx,
            actor_id=request.my_account_id,
            domain=domain,
            address=request.line("to", 320),
            text=request.text("text"),
        )
    except Refused as refused:
        return await shown(request, domain, refused.says)
    return _back(domain, "written")


async def post_agree(request: WebRequest) -> Response:
    """The second look at a decision of one person."""
    domain = await agree(request.ctx, actor_id=request.my_account_id, decision_id=request.path_id())
    return _back(domain, "agreed")


async def post_answer(request: WebRequest) -> Response:
    """Take a request of a member, or answer it."""
    request_id, me = request.path_id(), request.my_account_id
    if request.text("do", 10) == "take":
        domain = await take_request(request.ctx, actor_id=me, request_id=request_id)
    else:
        domain = await answer_request(
            request.ctx,
            actor_id=me,
            request_id=request_id,
            outcome=request.text("outcome", 10),
            answer=request.text("answer"),
        )
    return _back(domain, "answered")


def _back(domain: str, note: str) -> Response:
    return redirect(f"/desk/servers/{domain}?note={note}", 303)
