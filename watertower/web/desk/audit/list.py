"""/desk/audit: who did what, when and why; and all of it as a file."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from watertower.base.errors import NotFound
from watertower.base.web import Response
from watertower.moderation.access.audit import (
    begin_export,
    exported,
    lines_for,
    member_named,
    words_of_log,
)
from watertower.moderation.model.audit import AuditSearch
from watertower.web.desk.audit.stream import StreamedResponse
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

SIZE = 50
FIELDS = ("who", "verb", "kind", "subject", "case", "since", "until")
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/x-ndjson"}


async def get_audit(request: WebRequest) -> Response:
    """A page of the log."""
    search, wrong = await _search(request)
    asked = request.page(SIZE)
    found = (
        []
        if wrong
        else await lines_for(
            request.ctx, viewer_id=request.my_account_id, search=search, page=asked
        )
    )
    has_more = len(found) > SIZE
    lines = found[-SIZE:] if asked.upwards else found[:SIZE]
    verbs, kinds = await words_of_log(request.ctx)
    typed = {name: request.line(name, 200) for name in FIELDS}
    kept = urlencode({name: value for name, value in typed.items() if value})
    return page(
        request,
        "desk/audit.html",
        status=422 if wrong else 200,
        wrong=wrong,
        lines=lines,
        typed=typed,
        kept=kept,
        verbs=[("", "Anything"), *((one, one.replace("_", " ")) for one in verbs)],
        kinds=[("", "Anything"), *((one, one.replace("_", " ")) for one in kinds)],
        older=lines[-1].id if lines and (has_more or asked.upwards) else None,
        newer=lines[0].id if lines and "max_id" in request.params else None,
    )


async def post_export(request: WebRequest) -> Response:
    """The lines that the filter leaves, as a file. Taking them along is logged."""
    form = request.text("form", 10)
    search, wrong = await _search(request)
    if form not in TYPES or wrong:
        raise NotFound
    await begin_export(request.ctx, viewer_id=request.my_account_id, form=form)
    return StreamedResponse(
        content_type=TYPES[form],
        headers={
            "content-disposition": f'attachment; filename="audit-log.{form}"',
            "x-content-type-options": "nosniff",
        },
        pieces=exported(request.ctx, viewer_id=request.my_account_id, search=search, form=form),
    )


async def _search(request: WebRequest) -> tuple[AuditSearch, str]:
    who = request.line("who", 100)
    actor_id = None
    if who and who != "the server":
        actor_id = await member_named(request.ctx, username=who)
        if actor_id is None:
            return AuditSearch(), f"There is no member called {who}."
    case = request.line("case", 20)
    case_id = id_of(case)
    if case and case_id is None:
        return AuditSearch(), "A case is named by its number."
    try:
        since, until = _day(request.line("since", 10)), _day(request.line("until", 10))
    except ValueError:
        return AuditSearch(), "Please type days as 2026-11-23."
    return (
        AuditSearch(
            actor_account_id=actor_id,
            is_by_server=who == "the server",
            verb=request.line("verb", 100) or None,
            subject_kind=request.line("kind", 100) or None,
            subject_id=request.line("subject", 300) or None,
            case_id=case_id,
            since=since,
            until=until and until + timedelta(days=1),
        ),
        "",
    )


def _day(typed: str) -> datetime | None:
    return datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC) if typed else None
