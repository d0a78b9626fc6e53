"""/desk/accounts/:id/freeze: the form to freeze a member: message, rule, posts, tasks, clocks."""

from datetime import timedelta

from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.freeze import what_to_freeze
from watertower.moderation.actions.freeze.freeze import freeze
from watertower.moderation.model.freeze import COMPLETE_WITHIN, EGREGIOUS, RESPOND_WITHIN, NewFreeze
from watertower.web.desk.freezes.tasks import (
    MINUTES,
    READINGS,
    ids_ticked,
    tasks_typed,
    typed_again,
)
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of
from watertower.web.views.account import account_view
from watertower.web.views.status import status_views

DAYS = tuple((str(n), f"{n} day" if n == 1 else f"{n} days") for n in (1, 2, 3, 5, 7, 10, 14, 21))


async def get_form(request: WebRequest) -> Response:
    """The form."""
    return await _form(request)


async def post_form(request: WebRequest) -> Response:
    """Freeze."""
    # To the minute, so that the same form sent twice is the same decision.
    now = request.ctx.now()
    respond_by = now + _days(request, "respond_days", RESPOND_WITHIN)
    try:
        freeze_id = await freeze(
            request.ctx,
            actor_id=request.my_account_id,
            wanted=NewFreeze(
                account_id=request.path_id(),
                case_id=id_of(request.line("case_id", 30)),
                message=request.text("message", 6000).strip(),
                reason=request.text("reason", 6000).strip(),
                rule_ids=ids_ticked(request, "rule_"),
                status_ids=ids_ticked(request, "about_"),
                tasks=tasks_typed(request),
                respond_by=respond_by,
                complete_by=respond_by + _days(request, "complete_days", COMPLETE_WITHIN),
                is_egregious=request.is_on("egregious"),
            ),
        )
    except NotFound:
        raise
    except Refused as refused:
        return await _form(request, refused.says)
    return redirect(f"/desk/freezes/{freeze_id}?note=frozen", 303)


def _days(request: WebRequest, name: str, usual: timedelta) -> timedelta:
    word = request.line(name, 3)
    return timedelta(days=int(word)) if word in dict(DAYS) else usual


async def _form(request: WebRequest, wrong: str = "") -> Response:
    case_id = id_of(request.line("case_id", 30))
    found = await what_to_freeze(
        request.ctx, viewer=request.me, account_id=request.path_id(), case_id=case_id
    )
    views = await status_views(request.ctx, found.lines)
    shown = {view.id for view in views}
    severity = found.case.severity if found.case is not None else None
    return page(
        request,
        "desk/freezes_form.html",
        status=422 if wrong else 200,
        wrong=wrong,
        view=account_view(request.ctx, found.account),
        found=found,
        is_egregious=severity is not None and severity >= EGREGIOUS,
        posts=views,
        unseen=[one for one in found.reported_ids if one not in shown],
        reported=set(found.reported_ids),
        days=DAYS,
        minutes=MINUTES,
        readings=range(READINGS),
        typed={
            name: request.text(name, 6000)
            for name in ("message", "reason", "respond_days", "complete_days")
        },
        tasks=typed_again(request),
        ticked_rules=set(ids_ticked(request, "rule_")),
        ticked_posts=set(ids_ticked(request, "delete_")),
        ticked_about=set(ids_ticked(request, "about_")),
    )
