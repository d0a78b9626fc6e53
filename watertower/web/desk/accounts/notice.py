"""/desk/actions/:action/notice: write to the moderators of a person elsewhere about an action."""

from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.server_talk import talk_about
from watertower.moderation.access.staff_accounts import staff_account
from watertower.moderation.access.standing import action_for
from watertower.moderation.actions.standing.notice import send_notice
from watertower.moderation.model.standing import WORDS
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.views.account import account_view


async def get_notice(request: WebRequest) -> Response:
    """The form."""
    return await _page(request)


async def post_notice(request: WebRequest) -> Response:
    """Send it."""
    action_id = request.path_id("action")
    action = await action_for(request.ctx, viewer_id=request.my_account_id, action_id=action_id)
    try:
        await send_notice(
            request.ctx,
            actor_id=request.my_account_id,
            action_id=action_id,
            address=request.line("address", 400),
            text=request.text("text", 6000),
            risk=request.text("risk", 6000),
        )
    except Refused as refused:
        return await _page(request, refused.says)
    return redirect(f"/desk/accounts/{action.target_account_id}?note=sent", 303)


async def _page(request: WebRequest, wrong: str = "") -> Response:
    action = await action_for(
        request.ctx, viewer_id=request.my_account_id, action_id=request.path_id("action")
    )
    shown = await staff_account(
        request.ctx,
        viewer=request.me,
        account_id=action.target_account_id,
        may_read_cases=False,
    )
    if shown.account.domain is None:
        raise NotFound
    talk = await talk_about(request.ctx, domain=shown.account.domain)
    return page(
        request,
        "desk/notice.html",
        status=422 if wrong else 200,
        wrong=wrong,
        action=action,
        word=WORDS[action.kind],
        domain=shown.account.domain,
        view=account_view(request.ctx, shown.account),
        contacts=[(one.address, f"{one.address} ({one.source})") for one in talk.contacts],
        typed={name: request.text(name, 6000) for name in ("address", "text", "risk")},
    )
