"""/desk/team/applications: calls for volunteers, and who answered."""

from datetime import timedelta

from watertower.base.errors import NotFound
from watertower.base.ids import MAX_ID
from watertower.base.web import Response, redirect
from watertower.moderation.access.volunteers import application_for, applications_desk
from watertower.moderation.actions.volunteers.call import close_call, open_call
from watertower.moderation.actions.volunteers.review import (
    accept_application,
    begin_review,
    decline_application,
    say_view,
)
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

DAYS = (("14", "Two weeks"), ("30", "A month"), ("60", "Two months"))


async def get_applications(request: WebRequest) -> Response:
    """Applications to one's team."""
    return page(
        request,
        "desk/team_applications.html",
        desk=await applications_desk(
            request.ctx,
            viewer_id=request.my_account_id,
            with_decided=request.is_on("all"),
            before_id=id_of(request.params.get("max_id")) or MAX_ID,
        ),
        days=DAYS,
    )


async def post_call(request: WebRequest) -> Response:
    """Open a call, or end it."""
    call_id = id_of(request.params.get("call_id"))
    if call_id is not None:
        await close_call(
            request.ctx,
            actor_id=request.my_account_id,
            team=request.line("team", 40),
            call_id=call_id,
        )
    else:
        await open_call(
            request.ctx,
            actor_id=request.my_account_id,
            team=request.line("team", 40),
            words=request.text("words"),
            concepts=request.text("concepts").splitlines(),
            examples=[request.text("example1"), request.text("example2")],
            closes_at=request.ctx.now()
            + timedelta(days=min(id_of(request.params.get("days")) or 30, 365)),
        )
    return redirect("/desk/team/applications", 303)


async def get_application(request: WebRequest) -> Response:
    """One application."""
    return page(
        request,
        "desk/team_application.html",
        seen=await application_for(
            request.ctx, viewer_id=request.my_account_id, application_id=request.path_id()
        ),
    )


async def post_application(request: WebRequest) -> Response:
    """Put it before the team, say what one thinks, accept or decline."""
    application_id, do, me = request.path_id(), request.text("do"), request.my_account_id
    if do == "review":
        await begin_review(request.ctx, actor_id=me, application_id=application_id)
    elif do == "view":
        await say_view(
            request.ctx,
            actor_id=me,
            application_id=application_id,
            alignment=request.text("alignment", 4000),
            is_for=request.text("is_for") == "yes",
        )
    elif do == "accept":
        await accept_application(
            request.ctx,
            actor_id=me,
            application_id=application_id,
            mentor=request.line("mentor", 60),
            words=request.text("words", 2000),
        )
    elif do == "decline":
        await decline_application(
            request.ctx,
            actor_id=me,
            application_id=application_id,
            words=request.text("words", 2000),
        )
    else:
        raise NotFound
    return redirect(f"/desk/team/applications/{application_id}", 303)
