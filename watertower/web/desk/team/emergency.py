"""/desk/team/emergency: powers of the other team, for four hours, with a second person's word."""

from watertower.base.errors import NotFound
from watertower.base.web import Response, redirect
from watertower.moderation.access.team import emergency_desk
from watertower.moderation.actions.team.emergency import (
    agree_to_powers,
    ask_for_powers,
    decline_powers,
    end_powers,
    review_powers,
)
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_emergency(request: WebRequest) -> Response:
    """What was asked for, and a form to ask."""
    return page(
        request,
        "desk/team_emergency.html",
        loans=await emergency_desk(request.ctx),
        me=request.my_account_id,
        teams=(("moderation", "Moderation"), ("infrastructure", "Infrastructure")),
    )


async def post_emergency(request: WebRequest) -> Response:
    """Ask."""
    await ask_for_powers(
        request.ctx,
        actor_id=request.my_account_id,
        team=request.line("team", 40),
        reason=request.text("reason", 2000),
    )
    return redirect("/desk/team/emergency", 303)


async def post_loan(request: WebRequest) -> Response:
    """Agree, decline, end or review."""
    loan_id, do = request.path_id(), request.text("do")
    simple = {"agree": agree_to_powers, "decline": decline_powers, "end": end_powers}
    if do in simple:
        await simple[do](request.ctx, actor_id=request.my_account_id, loan_id=loan_id)
    elif do == "review":
        await review_powers(
            request.ctx,
            actor_id=request.my_account_id,
            loan_id=loan_id,
            words=request.text("words", 4000),
        )
    else:
        raise NotFound
    return redirect("/desk/team/emergency", 303)
