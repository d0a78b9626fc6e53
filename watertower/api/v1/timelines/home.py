"""GET /api/v1/timelines/home."""

from watertower.api.answers import answer_with_statuses
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.feeds.access.home import home_for


async def get_home(request: ApiRequest) -> Response:
    """What the people one follows posted and boosted, newest first."""
    page = request.page()
    lines = await home_for(request.ctx, account_id=request.my_account_id, page=page)
    return await answer_with_statuses(request, lines, page, filter_context="home", goes_on=True)
