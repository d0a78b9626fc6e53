"""/desk/cases: what is to be done, most urgent first, and the search in everything there was."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from watertower.accounts.model import Permission
from watertower.base.web import Response, redirect
from watertower.moderation.access.cases import cases_for, queue_words
from watertower.moderation.actions.cases.opt_in import choose_graphic
from watertower.moderation.model.case_search import CaseSearch
from watertower.web.desk.cases.words import CATEGORIES, KINDS, OUTCOMES, STATES
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

LIMIT = 30
_FIELDS = (
    "state",
    "show",
    "rule",
    "tag",
    "outcome",
    "server",
    "reporter_server",
    "language",
    "moderator",
    "since",
    "until",
)


async def get_queue(request: WebRequest) -> Response:
    """The queue, or what a search finds."""
    me = request.my_account_id
    search = search_of(request)
    after_id = id_of(request.params.get("after"))
    words = await queue_words(request.ctx, viewer_id=me)
    found = await cases_for(
        request.ctx, viewer_id=me, search=search, after_id=after_id, limit=LIMIT
    )
    typed = {name: request.line(name, 100) for name in _FIELDS}
    kept = {name: value for name, value in typed.items() if value}
    more = ""
    if len(found) > LIMIT:
        more = "/desk/cases?" + urlencode(kept | {"after": str(found[LIMIT - 1].id)})
    return page(
        request,
        "desk/cases_queue.html",
        cases=found[:LIMIT],
        words=words,
        typed=typed,
        more=more,
        is_queue=search.is_queue,
        is_searched=bool(set(kept) - {"show"}),
        states=STATES,
        outcomes=OUTCOMES,
        kinds=KINDS,
        categories=CATEGORIES,
        leads=request.me.may(Permission.LEAD_MODERATION),
    )


async def post_graphic(request: WebRequest) -> Response:
    """Ask for cases with graphic content, or not any more."""
    await choose_graphic(request.ctx, actor_id=request.my_account_id, wants=request.is_on("wants"))
    return redirect("/desk/cases", 303)


def search_of(request: WebRequest) -> CaseSearch:
    """What was asked for; what cannot be read is left out."""
    show = request.line("show", 20)
    return CaseSearch(
        state=request.line("state", 20) if request.line("state", 20) in _STATES else None,
        assigned_to=request.my_account_id if show == "mine" else None,
        is_unassigned=show == "unassigned",
        is_overdue=show == "overdue",
        rule_id=id_of(request.params.get("rule")),
        tag=request.line("tag", 40) or None,
        outcome=request.line("outcome", 40) or None,
        server=request.line("server", 255).lower() or None,
        reporter_server=request.line("reporter_server", 255).lower() or None,
        language=request.line("language", 10).lower() or None,
        moderator_id=id_of(request.params.get("moderator")),
        since=_day(request.line("since", 10)),
        until=_day(request.line("until", 10)),
    )


_STATES = {*STATES, "open", "any"}


def _day(typed: str) -> datetime | None:
    try:
        return datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
