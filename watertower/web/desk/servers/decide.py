"""/desk/servers/:domain/decide: who would lose what, and then the decision."""

from datetime import UTC, datetime

from watertower.accounts.servers import SEVERITIES, Severity
from watertower.base.errors import Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.server_reviews import criteria_in_force
from watertower.moderation.access.servers import decided_by_domain
from watertower.moderation.actions.servers.decide import decide
from watertower.moderation.actions.servers.preview import preview
from watertower.moderation.model.servers import PUBLICITY, Choice
from watertower.web.desk.servers.shown import domain_in
from watertower.web.pages import page
from watertower.web.request import WebRequest

SEVERITY_WORDS = {
    "noop": "Nothing special",
    "limit": "Limit: only followers see its posts, follows from it need approval, its profiles "
    "open behind a notice",
    "suspend": "Suspend: all exchange stops, its content is hidden, follows are kept aside",
}


async def get_decide(request: WebRequest) -> Response:
    """The form with the preview of what it would do."""
    return await _form(request)


async def post_decide(request: WebRequest) -> Response:
    """Decide."""
    domain = domain_in(request)
    severity = severity_in(request)
    try:
        await decide(
            request.ctx,
            actor_id=request.my_account_id,
            choice=Choice(
                domain,
                severity=severity,
                rejects_media=request.is_on("rejects_media"),
                rejects_reports=request.is_on("rejects_reports"),
                covers_subdomains=request.is_on("covers_subdomains"),
                obfuscates=request.is_on("obfuscates"),
                public_comment=request.text("public_comment"),
                private_comment=request.text("private_comment"),
                evidence=request.text("evidence"),
                criteria=[
                    one
                    for n, one in enumerate(await criteria_in_force(request.ctx))
                    if request.is_on(f"criterion_{n}")
                ],
                publicity=request.text("publicity", 30)
                if request.text("publicity", 30) in PUBLICITY
                else "listed",
                publicity_reason=request.line("publicity_reason"),
                review_at=moment_in(request, "review_on"),
                ends_at=moment_in(request, "ends_on"),
            ),
            in_advance=request.is_on("in_advance"),
        )
    except Refused as refused:
        return await _form(request, refused.says)
    return redirect(f"/desk/servers/{domain}?note=decided", 303)


def severity_in(request: WebRequest) -> Severity:
    """The severity of the form; limited if it names none."""
    given = request.text("severity", 10)
    return next((one for one in SEVERITIES if one == given), "limit")


def moment_in(request: WebRequest, name: str) -> datetime | None:
    """The end of the day that a date field names; None if it is empty or no date."""
    try:
        day = datetime.strptime(request.line(name, 10), "%Y-%m-%d")  # noqa: DTZ007
    except ValueError:
        return None
    return day.replace(hour=23, minute=59, tzinfo=UTC)


async def _form(request: WebRequest, wrong: str = "") -> Response:
    domain = domain_in(request)
    held = await decided_by_domain(request.ctx, domain=domain)
    is_second = request.method == "POST" or request.text("severity", 10) != ""
    covers = request.is_on("covers_subdomains") if is_second else True
    if not is_second and held is not None:
        covers = held.covers_subdomains
    seen = await preview(request.ctx, domain=domain, covers_subdomains=covers)
    typed = {
        name: request.text(name)
        for name in ("public_comment", "private_comment", "evidence", "publicity_reason")
    }
    if request.method != "POST" and held is not None:
        typed["public_comment"] = typed["public_comment"] or held.public_comment
        typed["private_comment"] = typed["private_comment"] or held.private_comment
    return page(
        request,
        "desk/servers_decide.html",
        status=422 if wrong else 200,
        domain=domain,
        held=held,
        seen=seen,
        severity=severity_in(request) if is_second else (held.severity if held else "limit"),
        severities=SEVERITY_WORDS.items(),
        covers=covers,
        ticked={
            name: request.is_on(name)
            if request.method == "POST" or held is None
            else getattr(held, name)
            for name in ("rejects_media", "rejects_reports", "obfuscates")
        },
        typed=typed,
        publicity=PUBLICITY.items(),
        chosen_publicity=request.text("publicity", 30) or "listed",
        criteria=[
            (n, one, request.is_on(f"criterion_{n}"))
            for n, one in enumerate(await criteria_in_force(request.ctx))
        ],
        review_on=request.line("review_on", 10),
        ends_on=request.line("ends_on", 10),
        wrong=wrong,
    )
