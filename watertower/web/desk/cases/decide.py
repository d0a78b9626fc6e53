"""Decide a case, propose, agree or not; say that we were wrong and put it right."""

from datetime import timedelta

from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.actions.cases.agree import answer_proposal, withdraw_proposal
from watertower.moderation.actions.cases.decide import decide
from watertower.moderation.actions.mistakes import put_right
from watertower.moderation.model.case_decision import CaseDecision
from watertower.web.desk.cases.shown import after, case_page
from watertower.web.desk.cases.work import ids_of
from watertower.web.request import WebRequest, id_of

LONGEST_DAYS = 3650


async def post_decide(request: WebRequest) -> Response:
    """Decide, or propose where others have to agree."""
    case_id = request.path_id()
    days = id_of(request.params.get("days"))
    is_emergency = request.is_on("is_emergency")
    kind = request.text("kind", 40)
    if kind == "freeze" and not request.is_on("is_plain_freeze"):
        account = request.text("target", 20)
        return redirect(f"/desk/accounts/{account}/freeze?case_id={case_id}", 303)
    decision = CaseDecision(
        kind=kind,
        reason=request.text("reason", 5000),
        message=request.text("message", 5000),
        rule_ids=ids_of(request, "rule_ids"),
        status_ids=ids_of(request, "status_ids"),
        ends_at=request.ctx.now() + timedelta(days=min(days, LONGEST_DAYS)) if days else None,
        closes=request.is_on("closes"),
        advice=request.text("advice", 2000),
    )
    try:
        decided = await decide(
            request.ctx,
            actor_id=request.my_account_id,
            case_id=case_id,
            decision=decision,
            is_emergency=is_emergency,
            is_further=request.is_on("is_further"),
        )
    except NotFound:
        raise
    except Refused as refused:
        return await case_page(request, case_id, wrong=f"{refused.says.rstrip('.')}.")
    note = "emergency" if is_emergency else "done" if decided.is_carried_out else "proposed"
    return redirect(f"/desk/cases/{case_id}?note={note}", 303)


async def post_answer(request: WebRequest) -> Response:
    """Agree to a proposal, or not."""
    doing = answer_proposal(
        request.ctx,
        actor_id=request.my_account_id,
        proposal_id=request.path_id("proposal"),
        agrees=request.text("answer", 10) == "agree",
        words=request.text("words", 5000),
    )
    return await after(request, doing, "agreed")


async def post_withdraw(request: WebRequest) -> Response:
    """Take back one's proposal."""
    doing = withdraw_proposal(
        request.ctx,
        actor_id=request.my_account_id,
        proposal_id=request.path_id("proposal"),
    )
    return await after(request, doing, "kept")


async def post_suspect(request: WebRequest) -> Response:
    """Say that something here was wrong."""
    doing = put_right.suspect(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        suspicion=request.text("suspicion", 5000),
        action_id=id_of(request.params.get("action")),
    )
    return await after(request, doing, "kept")


async def post_mistake(request: WebRequest) -> Response:
    """The next step of putting a mistake right."""
    step, words = request.text("step", 20), request.text("words", 5000)
    me, mistake_id = request.my_account_id, request.path_id("mistake")
    if step == "confirm":
        return await after(
            request, put_right.confirm(request.ctx, actor_id=me, mistake_id=mistake_id), "kept"
        )
    if step == "reverse":
        return await after(
            request, put_right.reverse(request.ctx, actor_id=me, mistake_id=mistake_id), "done"
        )
    if step == "refute":
        return await after(
            request,
            put_right.refute(request.ctx, actor_id=me, mistake_id=mistake_id, reason=words),
            "kept",
        )
    if step == "review":
        return await after(
            request,
            put_right.review_policy(request.ctx, actor_id=me, mistake_id=mistake_id, words=words),
            "kept",
        )
    doing = put_right.follow_up(
        request.ctx,
        actor_id=me,
        mistake_id=mistake_id,
        does_harm=request.is_on("does_harm"),
        words=words,
    )
    return await after(request, doing, "kept")
