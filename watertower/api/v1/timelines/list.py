"""GET /api/v1/timelines/list/:list_id."""

from watertower.api.answers import answer_with_statuses
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.feeds.access.timelines import list_timeline_for


async def get_list_timeline(request: ApiRequest) -> Response:
    """What the accounts of one's list posted and boosted."""
    page = request.page()
    lines = await list_timeline_for(
        request.ctx,
        owner_id=request.my_account_id,
        list_id=request.path_id("list_id"),
        page=page,
    )
    return await answer_with_statuses(request, lines, page, filter_context="home", goes_on=True)
