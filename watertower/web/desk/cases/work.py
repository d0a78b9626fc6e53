"""What is done with a case: rate, take, ask, analyse, tag, join, close. One handler a button."""

from datetime import timedelta

from watertower.base.errors import NotFound
from watertower.base.web import Response, redirect
from watertower.moderation.access.people import account_named
from watertower.moderation.actions.cases import annotate
from watertower.moderation.actions.cases.analyse import analyse
from watertower.moderation.actions.cases.ask import ask_reporter
from watertower.moderation.actions.cases.assign import assign
from watertower.moderation.actions.cases.close import close, close_as_empty, reopen
from watertower.moderation.actions.cases.forward import forward, withdraw_forward
from watertower.moderation.actions.cases.merge import (
    deny_suggestion,
    merge,
    merge_suggested,
    split,
)
from watertower.moderation.actions.cases.rate import rate
from watertower.moderation.model.cases import Rating
from watertower.web.desk.cases.shown import after
from watertower.web.request import WebRequest, id_of

LONG = 10_000


async def post_rate(request: WebRequest) -> Response:
    """Weigh it."""
    rating = Rating(
        scope=_figure(request, "scope"),
        severity=_figure(request, "severity"),
        is_escalating=request.is_on("is_escalating"),
        is_time_critical=request.is_on("is_time_critical"),
        harm_done=request.text("harm_done", 2000),
    )
    doing = rate(
        request.ctx, actor_id=request.my_account_id, case_id=request.path_id(), rating=rating
    )
    return await after(request, doing, "rated")


async def post_assign(request: WebRequest) -> Response:
    """Take it, hand it over, or give it back."""
    who = request.text("to", 20)
    to_id = request.my_account_id if who == "me" else id_of(who)
    note = {"me": "taken", "": "given"}.get(who, "assigned")
    doing = assign(
        request.ctx, actor_id=request.my_account_id, case_id=request.path_id(), to_id=to_id
    )
    return await after(request, doing, note)


async def post_ask(request: WebRequest) -> Response:
    """Ask a reporter."""
    doing = ask_reporter(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        reporter_id=id_of(request.params.get("reporter")) or 0,
        text=request.text("text", LONG),
    )
    return await after(request, doing, "asked")


async def post_analysis(request: WebRequest) -> Response:
    """Write an analysis."""
    doing = analyse(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        situation=request.text("situation", LONG),
        would_do=request.text("would_do", LONG),
        would_not_do=request.text("would_not_do", LONG),
        why=request.text("why", LONG),
        wants_second_opinion=request.is_on("wants_second_opinion"),
    )
    return await after(request, doing, "analysed")


async def post_conflict(request: WebRequest) -> Response:
    """Step aside; the case is gone from sight."""
    await annotate.declare_conflict(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        reason=request.line("reason"),
    )
    return redirect("/desk/cases", 303)


async def post_tags(request: WebRequest) -> Response:
    """Tag it."""
    doing = annotate.tag_case(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        tags=request.text("tags", 1000).split(","),
    )
    return await after(request, doing, "kept")


async def post_link(request: WebRequest) -> Response:
    """Link it with another case, or take the link away."""
    act = annotate.unlink_cases if request.is_on("remove") else None
    other = id_of(request.params.get("other")) or 0
    me, case_id = request.my_account_id, request.path_id()
    doing = (
        act(request.ctx, actor_id=me, case_id=case_id, other_id=other)
        if act
        else annotate.link_cases(
            request.ctx, actor_id=me, case_id=case_id, other_id=other, note=request.line("note_")
        )
    )
    return await after(request, doing, "kept")


async def post_merge(request: WebRequest) -> Response:
    """Put others into this case: all that look alike, or one that is named."""
    me, case_id = request.my_account_id, request.path_id()
    other = id_of(request.params.get("other"))
    doing = (
        merge_suggested(request.ctx, actor_id=me, case_id=case_id)
        if other is None
        else merge(request.ctx, actor_id=me, into_id=case_id, case_ids=[other])
    )
    return await after(request, doing, "merged")


async def post_deny(request: WebRequest) -> Response:
    """It only looks like another case."""
    doing = deny_suggestion(request.ctx, actor_id=request.my_account_id, case_id=request.path_id())
    return await after(request, doing, "kept")


async def post_split(request: WebRequest) -> Response:
    """Give one report a case of its own."""
    case_id = await split(
        request.ctx, actor_id=request.my_account_id, report_id=request.path_id("report")
    )
    return redirect(f"/desk/cases/{case_id}?note=split", 303)


async def post_person(request: WebRequest) -> Response:
    """Harm caused and received by somebody in the case."""
    account_id = await _named(request, "handle")
    doing = annotate.note_person(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        account_id=account_id,
        caused=request.text("caused", 2000),
        received=request.text("received", 2000),
    )
    return await after(request, doing, "kept")


async def post_alternate(request: WebRequest) -> Response:
    """Another account that may be the same person's."""
    doing = annotate.suspect_alternate(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        account_id=id_of(request.params.get("account")) or 0,
        other_id=await _named(request, "handle"),
        confidence=_figure(request, "confidence"),
        because=request.text("because", 2000),
    )
    return await after(request, doing, "kept")


async def post_guest(request: WebRequest) -> Response:
    """Let a translator in, for some days."""
    days = max(1, min(30, _figure(request, "days")))
    doing = annotate.invite_guest(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        account_id=await _named(request, "handle"),
        reason=request.line("reason"),
        until=request.ctx.now() + timedelta(days=days),
    )
    return await after(request, doing, "kept")


async def post_money(request: WebRequest) -> Response:
    """The mutual-aid check."""
    doing = annotate.check_mutual_aid(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        asks_for_money=request.is_on("asks_for_money"),
        words=request.text("words", 5000),
    )
    return await after(request, doing, "kept")


async def post_forward(request: WebRequest) -> Response:
    """Tell another server."""
    doing = forward(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        domain=request.line("domain", 255),
        comment=request.text("comment", 5000),
        risk_words=request.text("risk_words", 1000),
        status_ids=ids_of(request, "status_ids"),
        excerpts=request.text("excerpts", 5000),
    )
    return await after(request, doing, "forwarded")


async def post_withdraw_forward(request: WebRequest) -> Response:
    """Take back what a server was told."""
    doing = withdraw_forward(
        request.ctx, actor_id=request.my_account_id, forward_id=request.path_id("forward")
    )
    return await after(request, doing, "kept")


async def post_close(request: WebRequest) -> Response:
    """Close it."""
    me, case_id = request.my_account_id, request.path_id()
    doing = (
        close_as_empty(request.ctx, actor_id=me, case_id=case_id)
        if request.is_on("is_empty")
        else close(
            request.ctx,
            actor_id=me,
            case_id=case_id,
            reason=request.text("reason", 5000),
            advice=request.text("advice", 2000),
        )
    )
    return await after(request, doing, "closed")


async def post_reopen(request: WebRequest) -> Response:
    """Open it again."""
    doing = reopen(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        because=request.text("because", 2000),
    )
    return await after(request, doing, "reopened")


def ids_of(request: WebRequest, name: str) -> list[int]:
    """Ids of ticked boxes."""
    given = request.params.get(name)
    values = given if isinstance(given, list) else [given]
    return [number for one in values if (number := id_of(one)) is not None]


def _figure(request: WebRequest, name: str) -> int:
    found = id_of(request.params.get(name))
    return -1 if found is None else found


async def _named(request: WebRequest, name: str) -> int:
    """The account of a typed handle."""
    found = await account_named(request.ctx, handle=request.line(name, 300))
    if found is None:
        raise NotFound
    return found.id
