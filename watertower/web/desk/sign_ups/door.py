"""/desk/sign_ups/door: how open the door is, and the levers. Closing is for those who lead."""

from datetime import timedelta

from watertower.accounts.model import Permission
from watertower.base.errors import Conflict, Invalid, NotFound
from watertower.base.web import Response, redirect
from watertower.moderation.access.sign_up_gate import door_for
from watertower.moderation.actions.sign_ups.gate import (
    close,
    look_again,
    raise_friction,
    relax_friction,
    reopen,
)
from watertower.moderation.model.sign_up_gate import LEVELS
from watertower.web.pages import page
from watertower.web.problems import said
from watertower.web.request import WebRequest, id_of

LEADS = Permission.LEAD_MODERATION | Permission.LEAD_INFRASTRUCTURE


async def get_door(request: WebRequest) -> Response:
    """What is in force, what was, and what is unusual."""
    return await _page(request)


async def post_door(request: WebRequest) -> Response:
    """Raise or relax friction; close, look again or re-open."""
    verb, reason = request.text("decision", 20), request.text("reason", 2000)
    hours = timedelta(hours=min(id_of(request.text("hours", 4)) or 0, 1000))
    ctx, actor_id = request.ctx, request.my_account_id
    if verb in {"close", "look_again", "reopen"} and not request.me.may(LEADS):
        raise NotFound
    try:
        if verb == "raise":
            level = id_of(request.text("level", 2)) or 0
            await raise_friction(ctx, actor_id=actor_id, level=level, reason=reason, lasts=hours)
        elif verb == "relax":
            await relax_friction(ctx, actor_id=actor_id, reason=reason)
        elif verb == "close":
            note = request.text("public_note", 2000)
            await close(ctx, actor_id=actor_id, reason=reason, public_note=note, review_in=hours)
        elif verb == "look_again":
            note = request.text("public_note", 2000)
            await look_again(ctx, actor_id=actor_id, public_note=note, review_in=hours)
        elif verb == "reopen":
            await reopen(ctx, actor_id=actor_id, reason=reason)
    except Invalid as refused:
        return await _page(request, wrong=said(refused))
    except Conflict as refused:
        return await _page(request, wrong=refused.says)
    return redirect("/desk/sign_ups/door?done=1", 303)


async def _page(request: WebRequest, *, wrong: str | None = None) -> Response:
    return page(
        request,
        "desk/sign_ups_door.html",
        status=422 if wrong else 200,
        door=await door_for(request.ctx),
        levels=LEVELS,
        may_close=request.me.may(LEADS),
        was_done=request.is_on("done"),
        typed=request.text("reason", 2000) if wrong else "",
        wrong=wrong,
    )
