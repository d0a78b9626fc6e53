"""GET /api/v1/endorsements."""

from watertower.accounts.access.people import endorsed_by
from watertower.api.answers import answer_with_accounts
from watertower.api.request import ApiRequest
from watertower.base.web import Response


async def get_endorsements(request: ApiRequest) -> Response:
    """Whom one shows on one's own profile."""
    page = request.page(default=40, most=80)
    rows = await endorsed_by(
        request.ctx, viewer=request.viewer, account_id=request.my_account_id, page=page
    )
    return await answer_with_accounts(request, rows, page)
