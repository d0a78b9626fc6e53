"""/account/helping: cases one was let into for a while, as a translator for instance."""

from watertower.base.web import Response, redirect
from watertower.moderation.access.helping import helped_case, helped_cases
from watertower.moderation.actions.team.help_with import help_with
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_helping(request: WebRequest) -> Response:
    """The cases one may help with now."""
    return page(
        request,
        "account_helping.html",
        cases=await helped_cases(request.ctx, account_id=request.my_account_id),
        case=None,
    )


async def get_case(request: WebRequest) -> Response:
    """One of them: what was reported and posted, without saying who reported it."""
    return page(
        request,
        "account_helping.html",
        cases=[],
        case=await helped_case(
            request.ctx, account_id=request.my_account_id, case_id=request.path_id()
        ),
    )


async def post_note(request: WebRequest) -> Response:
    """Say something to the team."""
    await help_with(
        request.ctx,
        account_id=request.my_account_id,
        case_id=request.path_id(),
        text=request.text("text"),
    )
    return redirect(f"/account/helping/{request.path_id()}", 303)
