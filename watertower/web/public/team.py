"""/about/team: who does what here; /volunteer/:team: the form of a call."""

from watertower.base.errors import Conflict, Invalid, NotSignedIn
from watertower.base.json import from_json
from watertower.base.web import Response, redirect
from watertower.moderation.access.team import open_call_of, public_team
from watertower.moderation.actions.volunteers.apply import (
    LIFE_QUESTIONS,
    Application,
    apply,
)
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_about_team(request: WebRequest) -> Response:
    """Teams, leads and positions, for everybody."""
    return page(request, "about_team.html", found=await public_team(request.ctx))


async def get_volunteer(request: WebRequest) -> Response:
    """The call of a team with its form; without a call, that there is none."""
    return await _form(request)


async def post_volunteer(request: WebRequest) -> Response:
    """Apply."""
    if request.viewer is None:
        raise NotSignedIn
    team = request.path_params["team"]
    _, call = await open_call_of(request.ctx, team=team)
    concepts = from_json(call["concepts"]) if call else []
    examples = from_json(call["examples"]) if call else []
    try:
        await apply(
            request.ctx,
            account_id=request.my_account_id,
            team=team,
            written=Application(
                interest=request.text("interest"),
                languages=request.line("languages").replace(",", " ").split(),
                availability=request.text("availability"),
                experience=request.text("experience"),
                concepts=[request.text(f"concept{place}") for place in range(len(concepts))],
                examples=[request.text(f"example{place}") for place in range(len(examples))],
                lives={name: request.line(f"life_{name}", 60) for name in LIFE_QUESTIONS},
            ),
        )
    except (Invalid, Conflict) as refused:
        return await _form(request, wrong=refused.says)
    return redirect("/account/volunteering", 303)


async def _form(request: WebRequest, wrong: str = "") -> Response:
    team, call = await open_call_of(request.ctx, team=request.path_params["team"])
    return page(
        request,
        "volunteer.html",
        status=422 if wrong else 200,
        team=team,
        call=call,
        concepts=from_json(call["concepts"]) if call else [],
        examples=from_json(call["examples"]) if call else [],
        lives=LIFE_QUESTIONS,
        typed=request.text,
        wrong=wrong,
    )
