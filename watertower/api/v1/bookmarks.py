"""GET /api/v1/bookmarks."""

from watertower.api.answers import answer_with_statuses
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.statuses.access.kept import bookmarked_by


async def get_bookmarks(request: ApiRequest) -> Response:
    """What the member bookmarked, newest bookmark first."""
    page = request.page()
    lines = await bookmarked_by(
        request.ctx,
        account_id=request.my_account_id,
        page=page,
        folder_id=request.id("folder_id"),
    )
    return await answer_with_statuses(request, lines, page, filter_context=None, goes_on=True)
