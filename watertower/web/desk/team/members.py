"""/desk/team: who is in which team, how far, and when somebody is there."""

from collections.abc import Awaitable, Callable, Mapping

from watertower.base.errors import NotFound
from watertower.base.web import Response, redirect
from watertower.moderation.access.team import papers_for, team_desk
from watertower.moderation.actions.team.appoint import (
    add_member,
    agree_to_change,
    appoint_lead,
    pair,
)
from watertower.moderation.actions.team.confirm import confirm
from watertower.moderation.actions.team.leave import hand_lead, remove
from watertower.moderation.actions.team.make_team import make_team
from watertower.moderation.actions.team.papers import publish_paper
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


async def get_team(request: WebRequest) -> Response:
    """The teams."""
    return page(
        request,
        "desk/team.html",
        desk=await team_desk(request.ctx, viewer_id=request.my_account_id),
        days=DAYS,
        done=request.line("done", 40),
    )


async def post_team(request: WebRequest) -> Response:
    """One act about somebody in a team; the form says which."""
    acts: Mapping[str, Callable[[WebRequest], Awaitable[None]]] = {
        "add": _add,
        "appoint": _appoint,
        "pair": _pair,
        "confirm": _confirm,
        "remove": _remove,
        "hand_lead": _hand_lead,
        "exception": _exception,
        "make": _make,
    }
    act = acts.get(request.text("do"))
    if act is None:
        raise NotFound
    await act(request)
    return redirect("/desk/team?done=1", 303)


async def get_papers(request: WebRequest) -> Response:
    """The covenant and the training of one's team, and a form for a new version."""
    desk = await team_desk(request.ctx, viewer_id=request.my_account_id)
    if desk.mine is None:
        raise NotFound
    return page(
        request,
        "desk/team_papers.html",
        papers=await papers_for(request.ctx, team=desk.mine.team),
        team=desk.mine.team,
        i_lead=desk.mine.is_lead,
        about=request.line("about", 60),
    )


async def post_papers(request: WebRequest) -> Response:
    """Publish a new version."""
    await publish_paper(
        request.ctx,
        actor_id=request.my_account_id,
        team=request.line("team", 40),
        name=request.line("name", 60),
        title=request.line("title", 200),
        text=request.text("text"),
    )
    return redirect("/desk/team/papers", 303)


def _about(request: WebRequest) -> int:
    account_id = id_of(request.params.get("account_id"))
    if account_id is None:
        raise NotFound
    return account_id


async def _add(request: WebRequest) -> None:
    await add_member(
        request.ctx,
        actor_id=request.my_account_id,
        team=request.line("team", 40),
        username=request.line("username", 60),
        mentor=request.line("mentor", 60),
    )


async def _appoint(request: WebRequest) -> None:
    await appoint_lead(
        request.ctx,
        team=request.line("team", 40),
        username=request.line("username", 60),
        by=request.my_account_id,
    )


async def _pair(request: WebRequest) -> None:
    await pair(
        request.ctx,
        actor_id=request.my_account_id,
        team=request.line("team", 40),
        account_id=_about(request),
        mentor=request.line("mentor", 60),
    )


async def _confirm(request: WebRequest) -> None:
    await confirm(
        request.ctx,
        actor_id=request.my_account_id,
        team=request.line("team", 40),
        account_id=_about(request),
    )


async def _remove(request: WebRequest) -> None:
    await remove(
        request.ctx,
        actor_id=request.my_account_id,
        team=request.line("team", 40),
        account_id=_about(request),
        reason=request.text("reason", 500),
    )


async def _hand_lead(request: WebRequest) -> None:
    await hand_lead(
        request.ctx,
        actor_id=request.my_account_id,
        team=request.line("team", 40),
        account_id=_about(request),
    )


async def _exception(request: WebRequest) -> None:
    await agree_to_change(
        request.ctx,
        actor_id=request.my_account_id,
        username=request.line("username", 60),
        from_team=request.line("from_team", 40),
        to_team=request.line("to_team", 40),
        reason=request.text("reason", 500),
    )


async def _make(request: WebRequest) -> None:
    await make_team(
        request.ctx,
        actor_id=request.my_account_id,
        name=request.line("name", 40),
        title=request.line("title", 60),
        purpose=request.line("purpose", 500),
    )
