"""/desk/freezes/:id: one freeze with its tasks, clocks and thread, and every step of the team."""

from collections.abc import Awaitable

from watertower.accounts.model import Permission
from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.freeze import freeze_for
from watertower.moderation.actions.freeze.accept import accept
from watertower.moderation.actions.freeze.ask_more import ask_more
from watertower.moderation.actions.freeze.decide_missed import decide_missed
from watertower.moderation.actions.freeze.extend import extend
from watertower.moderation.actions.freeze.withdraw import withdraw
from watertower.moderation.model.freeze import (
    EXTENSION_DAYS,
    MOST_EXTENSIONS,
    TASK_WORDS,
    WORDS,
    Outcome,
    Step,
)
from watertower.statuses.access.statuses import lines_for
from watertower.web.desk.freezes.form import DAYS
from watertower.web.desk.freezes.tasks import MINUTES, READINGS, tasks_typed, typed_again
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.views.account import account_view
from watertower.web.views.deadline import deadline_view
from watertower.web.views.status import status_views

NOTES = {
    "frozen": "The account is frozen, and its member was told.",
    "accepted": "The account is restored.",
    "asked": "It is their turn again.",
    "extended": "There is more time.",
    "withdrawn": "The freeze is withdrawn.",
    "decided": "It is decided.",
}
OUTCOMES = (
    (Outcome.REMAIN, "Remain frozen, without a deadline"),
    (Outcome.LIMIT, "Limit the account instead"),
    (Outcome.SUSPEND, "Suspend the account instead"),
)


async def get_freeze(request: WebRequest) -> Response:
    """The page. The look is logged."""
    return await _page(request)


async def post_accept(request: WebRequest) -> Response:
    """Restore the account."""
    doing = accept(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        agreed=request.text("agreed", 6000),
    )
    return await _after(request, doing, "accepted")


async def post_ask_more(request: WebRequest) -> Response:
    """Something is missing."""
    try:
        tasks = tasks_typed(request)
    except Refused as refused:
        return await _page(request, refused.says)
    doing = ask_more(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        text=request.text("text", 6000),
        tasks=tasks,
    )
    return await _after(request, doing, "asked")


async def post_extend(request: WebRequest) -> Response:
    """More time."""
    days = request.line("days", 3)
    doing = extend(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        reason=request.text("reason", 6000),
        days=int(days) if days in dict(DAYS) else EXTENSION_DAYS,
    )
    return await _after(request, doing, "extended")


async def post_withdraw(request: WebRequest) -> Response:
    """Take it back."""
    doing = withdraw(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        reason=request.text("reason", 6000),
        message=request.text("message", 6000),
    )
    return await _after(request, doing, "withdrawn")


async def post_decide(request: WebRequest) -> Response:
    """What becomes of a missed deadline."""
    outcome = request.text("outcome")
    if outcome not in {str(one) for one in Outcome}:
        return await _page(request, "Choose what becomes of it")
    doing = decide_missed(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        outcome=Outcome(outcome),
        reason=request.text("reason", 6000),
        message=request.text("message", 6000),
    )
    return await _after(request, doing, "decided")


async def _after(request: WebRequest, doing: Awaitable[None], note: str) -> Response:
    try:
        await doing
    except NotFound:
        raise
    except Refused as refused:
        return await _page(request, refused.says)
    return redirect(f"/desk/freezes/{request.path_id()}?note={note}", 303)


async def _page(request: WebRequest, wrong: str = "") -> Response:
    whole = await freeze_for(
        request.ctx, viewer_id=request.my_account_id, freeze_id=request.path_id()
    )
    freeze, now = whole.freeze, request.ctx.now()
    lines = await lines_for(request.ctx, viewer=request.me, status_ids=whole.status_ids)
    due = freeze.clock_due_at
    return page(
        request,
        "desk/freezes_show.html",
        status=422 if wrong else 200,
        wrong=wrong,
        note=NOTES.get(request.text("note")),
        whole=whole,
        freeze=freeze,
        view=account_view(request.ctx, whole.account),
        posts={one.sort: one for one in await status_views(request.ctx, lines)},
        words=WORDS,
        task_words=TASK_WORDS,
        deadline=deadline_view("Due", freeze.clock_begun_at, due, now) if due else None,
        may={str(step): freeze.allows(step) for step in Step}
        if request.me.may(Permission.DECIDE_CASES)
        else {str(step): False for step in Step},
        may_extend=freeze.extensions < MOST_EXTENSIONS,
        extensions_left=MOST_EXTENSIONS - freeze.extensions,
        is_lead=request.me.may(Permission.LEAD_MODERATION),
        outcomes=OUTCOMES,
        days=DAYS,
        minutes=MINUTES,
        readings=range(READINGS),
        tasks=typed_again(request),
        typed={name: request.text(name, 6000) for name in ("agreed", "text", "reason", "message")}
        if wrong
        else dict.fromkeys(("agreed", "text", "reason", "message"), ""),
    )
