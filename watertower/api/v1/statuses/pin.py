"""POST /api/v1/statuses/:id/pin and unpin."""

from watertower.api.answers import answer_with_status
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.statuses.actions.pin import pin, unpin


async def post_pin(request: ApiRequest) -> Response:
    """Put an own status on top of the profile."""
    await pin(request.ctx, actor_id=request.my_account_id, status_id=request.path_id())
    return await answer_with_status(request, request.path_id())


async def post_unpin(request: ApiRequest) -> Response:
    """Take it from the top of the profile."""
    await unpin(request.ctx, actor_id=request.my_account_id, status_id=request.path_id())
    return await answer_with_status(request, request.path_id())
