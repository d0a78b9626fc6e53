"""/api/v1/admin/accounts/:id/approve and /reject: applicants, for moderators' own apps."""

from watertower.accounts.errors import AccountNotFound
from watertower.api.request import ApiRequest
from watertower.api.shapes.admin_account import render_admin_accounts
from watertower.api.shapes.raw import raw_response
from watertower.base.web import Response
from watertower.moderation.actions.sign_ups.review import approve, refuse


async def post_approve(request: ApiRequest) -> Response:
    """Let an applicant in."""
    await approve(request.ctx, actor_id=request.my_account_id, account_id=request.path_id())
    return await _answer(request)


async def post_reject(request: ApiRequest) -> Response:
    """Refuse an applicant. Unlike Mastodon nothing is deleted for thirty days."""
    await refuse(
        request.ctx,
        actor_id=request.my_account_id,
        account_id=request.path_id(),
        reason=request.text("reason", limit=4000) or "",
    )
    return await _answer(request)


async def _answer(request: ApiRequest) -> Response:
    account_id = request.path_id()
    found = await render_admin_accounts(request.ctx, [account_id])
    if account_id not in found:
        raise AccountNotFound
    return raw_response(found[account_id])
