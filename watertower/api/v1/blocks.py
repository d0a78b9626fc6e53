"""GET /api/v1/blocks."""

from watertower.accounts.access.relationships import blocks_of
from watertower.api.answers import answer_with_accounts
from watertower.api.request import ApiRequest
from watertower.base.web import Response


async def get_blocks(request: ApiRequest) -> Response:
    """Whom one blocks."""
    page = request.page(default=40, most=80)
    rows = await blocks_of(request.ctx, account_id=request.my_account_id, page=page)
    return await answer_with_accounts(request, rows, page)
