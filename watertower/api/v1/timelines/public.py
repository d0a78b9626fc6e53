"""GET /api/v1/timelines/public."""

from watertower.api.answers import answer_with_statuses
from watertower.api.request import ApiRequest
from watertower.api.visitors import require_may_read_local
from watertower.base.web import Response
from watertower.feeds.access.timelines import public_for


async def get_public(request: ApiRequest) -> Response:
    """Public statuses of everybody known here, without replies and boosts."""
    page = request.page()
    origin = "all"
    if request.is_on("local"):
        origin = "local"
    elif request.is_on("remote"):
        origin = "remote"
    if origin != "remote":
        await require_may_read_local(request)
    lines = await public_for(
        request.ctx,
        viewer=request.viewer,
        page=page,
        origin=origin,
        only_media=request.is_on("only_media"),
    )
    return await answer_with_statuses(request, lines, page, filter_context="public", goes_on=True)
