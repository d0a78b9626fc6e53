"""/desk/account_types/:id: one special account, and what can be decided about it."""

from datetime import date

from watertower.base.errors import Forbidden, Invalid, NotFound
from watertower.base.web import Response, redirect
from watertower.moderation.access.account_types import approval_for
from watertower.moderation.actions.account_types import review
from watertower.moderation.actions.account_types.rules import question_type
from watertower.moderation.model.account_types import CATEGORIES, QUESTIONS, SPECIAL, WORDS
from watertower.web.pages import page
from watertower.web.problems import said
from watertower.web.request import WebRequest
from watertower.web.views.approvals import STATE_WORDS


async def get_one(request: WebRequest) -> Response:
    """The account with its answers, thread and limits."""
    return await _page(request)


async def post_one(request: WebRequest) -> Response:
    """Decide."""
    try:
        await _decide(request)
    except Invalid as refused:
        return await _page(request, wrong=said(refused))
    except Forbidden as refused:
        return await _page(request, wrong=refused.says)
    return redirect(f"/desk/account_types/{request.path_id()}?done=1", 303)


async def _decide(request: WebRequest) -> None:
    ctx, actor_id, account_id = request.ctx, request.my_account_id, request.path_id()
    verb, text = request.text("decision", 20), request.text("text", 4000)
    if verb == "review":
        await review.begin_review(ctx, actor_id=actor_id, account_id=account_id)
    elif verb == "approve":
        category = request.line("category", 100)
        await review.approve(
            ctx, actor_id=actor_id, account_id=account_id, category=category, reason=text
        )
    elif verb == "refuse":
        await review.refuse(ctx, actor_id=actor_id, account_id=account_id, reason=text)
    elif verb == "notice":
        expectation = request.line("expectation", 1000)
        await review.give_notice(
            ctx, actor_id=actor_id, account_id=account_id, expectation=expectation, reason=text
        )
    elif verb == "end_notice":
        await review.end_notice(ctx, actor_id=actor_id, account_id=account_id, reason=text)
    elif verb == "revoke":
        await review.revoke(ctx, actor_id=actor_id, account_id=account_id, reason=text)
    elif verb == "renew":
        until = _date(request.line("fee_paid_until", 10))
        await review.renew(ctx, actor_id=actor_id, account_id=account_id, fee_paid_until=until)
    elif verb == "terms":
        await review.note_terms(
            ctx,
            actor_id=actor_id,
            account_id=account_id,
            fee_paid_until=_date(request.line("fee_paid_until", 10)),
            fee_waived_reason=request.text("fee_waived_reason", 1000),
            limit_exempt_reason=request.text("limit_exempt_reason", 1000),
        )
    elif verb == "question":
        whole = await approval_for(ctx, viewer_id=actor_id, account_id=account_id)
        await question_type(
            ctx,
            actor_id=actor_id,
            account_id=account_id,
            declared=", ".join(whole.approval.types),
            perceived=request.line("perceived", 100),
            reason=text,
        )
    elif verb == "say":
        await review.say(ctx, actor_id=actor_id, account_id=account_id, text=text)
    else:
        raise NotFound


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _page(request: WebRequest, *, wrong: str | None = None) -> Response:
    whole = await approval_for(
        request.ctx, viewer_id=request.my_account_id, account_id=request.path_id()
    )
    return page(
        request,
        "desk/account_types_one.html",
        status=422 if wrong else 200,
        whole=whole,
        one=whole.approval,
        thread=whole.thread,
        questions=QUESTIONS,
        categories=CATEGORIES,
        types=SPECIAL,
        words=WORDS,
        state_words=STATE_WORDS,
        typed=request.text("text", 4000) if wrong else "",
        was_done=request.is_on("done"),
        wrong=wrong,
    )
