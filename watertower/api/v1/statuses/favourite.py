"""POST /api/v1/statuses/:id/favourite and unfavourite."""

from watertower.api.answers import answer_with_status
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.statuses.actions.favourite import favourite
from watertower.statuses.actions.unfavourite import unfavourite


async def post_favourite(request: ApiRequest) -> Response:
    """Star a status."""
    status = await favourite(
        request.ctx, actor_id=request.my_account_id, status_id=request.path_id()
    )
    return await answer_with_status(request, status.id)


async def post_unfavourite(request: ApiRequest) -> Response:
    """Take the star back."""
    status = await unfavourite(
        request.ctx, actor_id=request.my_account_id, status_id=request.path_id()
    )
    return await answer_with_status(request, status.id)
