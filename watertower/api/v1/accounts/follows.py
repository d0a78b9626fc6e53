"""GET /api/v1/accounts/:id/followers and following."""

from watertower.accounts.access.people import followers_for, following_for
from watertower.api.answers import answer_with_accounts
from watertower.api.request import ApiRequest
from watertower.base.web import Response


async def get_followers(request: ApiRequest) -> Response:
    """Who follows an account, unless it hides that."""
    page = request.page(default=40, most=80)
    rows = await followers_for(
        request.ctx, viewer=request.viewer, account_id=request.path_id(), page=page
    )
    return await answer_with_accounts(request, rows, page)


async def get_following(request: ApiRequest) -> Response:
    """Whom an account follows, unless it hides that."""
    page = request.page(default=40, most=80)
    rows = await following_for(
        request.ctx, viewer=request.viewer, account_id=request.path_id(), page=page
    )
    return await answer_with_accounts(request, rows, page)
