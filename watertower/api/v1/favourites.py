"""GET /api/v1/favourites."""

from watertower.api.answers import answer_with_statuses
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.statuses.access.kept import favourited_by


async def get_favourites(request: ApiRequest) -> Response:
    """What the member starred, newest star first."""
    page = request.page()
    lines = await favourited_by(request.ctx, account_id=request.my_account_id, page=page)
    return await answer_with_statuses(request, lines, page, filter_context=None, goes_on=True)
