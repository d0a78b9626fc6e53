"""POST /api/v1/statuses/:id/bookmark and unbookmark."""

from watertower.api.answers import answer_with_status
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.statuses.actions.bookmark import bookmark, unbookmark


async def post_bookmark(request: ApiRequest) -> Response:
    """Keep a status for later."""
    status_id = await bookmark(
        request.ctx,
        actor_id=request.my_account_id,
        status_id=request.path_id(),
        folder_id=request.id("folder_id"),
    )
    return await answer_with_status(request, status_id)


async def post_unbookmark(request: ApiRequest) -> Response:
    """Keep it no longer."""
    status_id = await unbookmark(
        request.ctx, actor_id=request.my_account_id, status_id=request.path_id()
    )
    return await answer_with_status(request, status_id)
