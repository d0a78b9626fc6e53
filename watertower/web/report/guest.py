"""/account/guest_cases/:id: for somebody who was asked to help with one case."""

from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.guest_case import guest_case
from watertower.moderation.actions.cases.help_out import help_out
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_guest_case(request: WebRequest) -> Response:
    """What the guest is asked to help with."""
    return await _page(request)


async def post_guest_case(request: WebRequest) -> Response:
    """What the guest says."""
    case_id = request.path_id()
    try:
        await help_out(
            request.ctx,
            actor_id=request.my_account_id,
            case_id=case_id,
            text=request.text("text", 20_000),
        )
    except NotFound:
        raise
    except Refused as refused:
        return await _page(request, f"{refused.says}.")
    return redirect(f"/account/guest_cases/{case_id}?note=said", 303)


async def _page(request: WebRequest, wrong: str = "") -> Response:
    return page(
        request,
        "guest_case.html",
        status=422 if wrong else 200,
        found=await guest_case(
            request.ctx, viewer_id=request.my_account_id, case_id=request.path_id()
        ),
        wrong=wrong,
        is_said=request.text("note", 10) == "said",
    )
