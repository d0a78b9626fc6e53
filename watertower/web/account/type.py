"""/account/type: what the account is, its approval, its limits, and the thread with the team."""

from watertower.base.errors import Forbidden, Invalid
from watertower.base.web import Response, redirect
from watertower.moderation.access.account_types import own_type
from watertower.moderation.actions.account_types.declare import (
    Application,
    accept_expectations,
    appeal,
    apply,
    declare,
    say,
    withdraw,
)
from watertower.moderation.model.account_types import (
    FEES,
    QUESTIONS,
    SPECIAL,
    WORDS,
    State,
    Type,
)
from watertower.web.pages import page
from watertower.web.problems import said
from watertower.web.request import WebRequest, id_of


async def get_type(request: WebRequest) -> Response:
    """Where the account stands."""
    return await _page(request)


async def post_type(request: WebRequest) -> Response:
    """Declare, apply, write, appeal, accept, or take it back."""
    ctx, account_id = request.ctx, request.my_account_id
    verb = request.text("what", 20)
    try:
        if verb == "declare":
            types = [one for one in Type if request.is_on(f"type_{one}")]
            code = request.line("invitation", 100)
            await declare(ctx, account_id=account_id, types=types, invitation_code=code)
        elif verb == "apply":
            await apply(ctx, account_id=account_id, application=_application(request))
        elif verb == "say":
            await say(ctx, account_id=account_id, text=request.text("text", 4000))
        elif verb == "appeal":
            await appeal(ctx, account_id=account_id, text=request.text("text", 4000))
        elif verb == "accept":
            await accept_expectations(ctx, account_id=account_id)
        elif verb == "withdraw":
            await withdraw(ctx, account_id=account_id)
    except Invalid as refused:
        return await _page(request, wrong=said(refused))
    except Forbidden as refused:
        return await _page(request, wrong=refused.says)
    return redirect("/account/type?done=1", 303)


def _application(request: WebRequest) -> Application:
    return Application(
        answers={name: request.text(f"answer_{name}", 4000) for name in QUESTIONS},
        accepts_expectations=request.is_on("accepts"),
        domain=request.line("domain", 300),
        staff_count=id_of(request.line("staff_count", 10)),
        is_private=request.is_on("is_private"),
        private_reason=request.text("private_reason", 1000),
    )


async def _page(request: WebRequest, *, wrong: str | None = None) -> Response:
    own = await own_type(request.ctx, account_id=request.my_account_id)
    kept = own.approval.answers if own.approval else {}
    return page(
        request,
        "account_type.html",
        status=422 if wrong else 200,
        own=own,
        approval=own.approval,
        types=SPECIAL,
        words=WORDS,
        questions=QUESTIONS,
        fees=FEES,
        answers={
            name: (request.text(f"answer_{name}", 4000) if wrong else "") or kept.get(name, "")
            for name in QUESTIONS
        },
        typed_domain=request.line("domain", 300)
        or (own.approval.domain if own.approval and own.approval.domain else ""),
        states=State,
        was_done=request.is_on("done"),
        wrong=wrong,
        profile_url=f"{request.ctx.settings.base_url}/@{request.me.username}",
    )
