"""/desk/refusals: people elsewhere who are refused before they ever come here."""

from watertower.base.errors import Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.refusals import refusals
from watertower.moderation.actions.standing.refuse import (
    KINDS,
    refuse_in_advance,
    withdraw_refusal,
)
from watertower.moderation.model.standing import WORDS, Kind
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_refusals(request: WebRequest) -> Response:
    """Who is refused and did not come yet, and the form."""
    return await _page(request)


async def post_refusal(request: WebRequest) -> Response:
    """Refuse somebody; an account that is here is acted on at once."""
    word = request.text("kind")
    try:
        made = await refuse_in_advance(
            request.ctx,
            actor_id=request.my_account_id,
            handle=request.line("handle", 500),
            kind=Kind(word) if word in {str(kind) for kind in KINDS} else Kind.NONE,
            reason=request.line("reason", 5000),
        )
    except Refused as refused:
        return await _page(request, refused.says)
    if made.action_id is not None:
        return redirect("/desk/refusals?note=known", 303)
    return redirect("/desk/refusals?note=kept", 303)


async def post_withdraw(request: WebRequest) -> Response:
    """Refuse somebody no longer."""
    await withdraw_refusal(
        request.ctx,
        actor_id=request.my_account_id,
        refusal_id=request.path_id(),
        reason=request.line("reason", 5000),
    )
    return redirect("/desk/refusals?note=gone", 303)


NOTES = {
    "known": "The account is known here; it was done at once.",
    "kept": "Kept. It is done when the account first comes.",
    "gone": "They may come.",
}


async def _page(request: WebRequest, wrong: str = "") -> Response:
    asked = request.page()
    found = await refusals(request.ctx, page=asked)
    shown = found[: asked.limit - 1]
    return page(
        request,
        "desk/refusals.html",
        status=422 if wrong else 200,
        wrong=wrong,
        note=NOTES.get(request.text("note"), ""),
        refusals=shown,
        older=shown[-1].id if len(found) >= asked.limit else None,
        kinds=[(str(kind), WORDS[kind]) for kind in KINDS],
        words=WORDS,
        typed={name: request.line(name) for name in ("handle", "kind", "reason")},
    )
