"""/desk/accounts/:id: one account, how it stands, and what was decided."""

from datetime import UTC, datetime

from watertower.accounts.model import Permission
from watertower.base.errors import Invalid, NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.staff_accounts import look_at_address, staff_account
from watertower.moderation.access.standing import action_for
from watertower.moderation.actions.standing.delete_account import delete_account
from watertower.moderation.actions.standing.look_again import change_terms, confirm
from watertower.moderation.actions.standing.undo import undo
from watertower.moderation.model.dossiers import Dossier
from watertower.moderation.model.standing import SEEN_BY, WORDS
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.views.account import account_view

NOTES = {
    "done": "Done. The person was told, if they are a member.",
    "undone": "Taken back. Everything is as it was before.",
    "terms": "Changed.",
    "deleted": "Deleted for good. The name stays taken.",
    "sent": "Sent. It is kept with the server.",
    "confirmed": "Confirmed. It stays.",
}


async def get_account(request: WebRequest) -> Response:
    """The account."""
    return await _page(request, request.path_id())


async def post_address(request: WebRequest) -> Response:
    """Show the address and IPs. The look is written into the log."""
    shown = await look_at_address(
        request.ctx, viewer_id=request.my_account_id, account_id=request.path_id()
    )
    return await _page(request, shown.account_id, private=shown)


async def post_delete(request: WebRequest) -> Response:
    """Delete a suspended account for good, before its thirty days are over."""
    account_id = request.path_id()
    if not request.me.may(Permission.DELETE_USER_DATA):
        raise NotFound
    if not request.is_on("sure"):
        return await _page(request, account_id, wrong="Tick that nothing of it is needed")
    try:
        await delete_account(
            request.ctx,
            actor_id=request.my_account_id,
            account_id=account_id,
            reason=request.line("reason", 5000),
        )
    except Refused as refused:
        return await _page(request, account_id, wrong=refused.says)
    return redirect(f"/desk/accounts/{account_id}?note=deleted", 303)


async def post_undo(request: WebRequest) -> Response:
    """Take an action back."""
    action_id = request.path_id("action")
    found = await action_for(request.ctx, viewer_id=request.my_account_id, action_id=action_id)
    try:
        await undo(
            request.ctx,
            actor_id=request.my_account_id,
            action_id=action_id,
            reason=request.line("reason", 5000),
        )
    except Refused as refused:
        return await _page(request, found.target_account_id, wrong=refused.says)
    return redirect(f"/desk/accounts/{found.target_account_id}?note=undone", 303)


async def post_confirm(request: WebRequest) -> Response:
    """The second look at what one person did alone."""
    action_id = request.path_id("action")
    found = await action_for(request.ctx, viewer_id=request.my_account_id, action_id=action_id)
    try:
        await confirm(
            request.ctx,
            actor_id=request.my_account_id,
            action_id=action_id,
            reason=request.line("reason", 5000),
        )
    except Refused as refused:
        return await _page(request, found.target_account_id, wrong=refused.says)
    return redirect(f"/desk/accounts/{found.target_account_id}?note=confirmed", 303)


async def post_terms(request: WebRequest) -> Response:
    """Another end, or another day to look again."""
    action_id = request.path_id("action")
    found = await action_for(request.ctx, viewer_id=request.my_account_id, action_id=action_id)
    try:
        await change_terms(
            request.ctx,
            actor_id=request.my_account_id,
            action_id=action_id,
            ends_at=_moment(request, "ends_at"),
            review_at=_moment(request, "review_at"),
            reason=request.line("reason", 5000),
        )
    except Refused as refused:
        return await _page(request, found.target_account_id, wrong=refused.says)
    return redirect(f"/desk/accounts/{found.target_account_id}?note=terms", 303)


def _moment(request: WebRequest, name: str) -> datetime | None:
    """What a field for a time says, in UTC; None if it is empty."""
    typed = request.line(name, 30)
    if not typed:
        return None
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=UTC)
    except ValueError as error:
        raise Invalid("This is no date and time") from error


async def _page(
    request: WebRequest, account_id: int, *, private: Dossier | None = None, wrong: str = ""
) -> Response:
    me = request.me
    shown = await staff_account(
        request.ctx,
        viewer=me,
        account_id=account_id,
        may_read_cases=me.may(Permission.READ_CASES),
    )
    return page(
        request,
        "desk/account.html",
        status=422 if wrong else 200,
        wrong=wrong,
        note=NOTES.get(request.text("note"), ""),
        shown=shown,
        view=account_view(request.ctx, shown.account),
        private=private,
        words=WORDS,
        seen_by=SEEN_BY,
        now=request.ctx.now(),
        may_delete=me.may(Permission.DELETE_USER_DATA),
    )
