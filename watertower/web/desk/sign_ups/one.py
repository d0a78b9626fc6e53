"""/desk/sign_ups/:id: one application with all that is known, and what can be decided."""

from watertower.base.errors import Forbidden, Invalid
from watertower.base.web import Response, redirect
from watertower.moderation.access.sign_ups import sign_up_for
from watertower.moderation.actions.sign_ups.review import approve, note, question, refuse
from watertower.web.pages import page
from watertower.web.problems import said
from watertower.web.request import WebRequest


async def get_sign_up(request: WebRequest) -> Response:
    """The application. That it was looked at is logged: it holds an address and a network."""
    return await _page(request)


async def post_sign_up(request: WebRequest) -> Response:
    """Question, approve, refuse, or leave a note."""
    account_id, actor_id = request.path_id(), request.my_account_id
    text, verb = request.text("text", 4000), request.text("decision", 20)
    ctx = request.ctx
    try:
        if verb == "approve":
            await approve(ctx, actor_id=actor_id, account_id=account_id, message=text)
        elif verb == "refuse":
            await refuse(ctx, actor_id=actor_id, account_id=account_id, reason=text)
        elif verb == "question":
            await question(ctx, actor_id=actor_id, account_id=account_id, text=text)
        else:
            await note(ctx, actor_id=actor_id, account_id=account_id, text=text)
    except Invalid as refused:
        return await _page(request, wrong=said(refused))
    except Forbidden as refused:
        return await _page(request, wrong=refused.says)
    return redirect(f"/desk/sign_ups/{account_id}?done={verb}", 303)


DONE = {
    "approve": "Approved. They are told by mail.",
    "refuse": "Refused. They are told why, and can appeal for thirty days.",
    "question": "Asked. They see it when they sign in, and by mail.",
    "note": "Noted for the team.",
}


async def _page(request: WebRequest, *, wrong: str | None = None) -> Response:
    whole = await sign_up_for(
        request.ctx, viewer_id=request.my_account_id, account_id=request.path_id()
    )
    return page(
        request,
        "desk/sign_ups_one.html",
        status=422 if wrong else 200,
        whole=whole,
        one=whole.sign_up,
        typed=request.text("text", 4000) if wrong else "",
        wrong=wrong,
        done=DONE.get(request.text("done", 20), ""),
    )
