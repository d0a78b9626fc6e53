"""POST /api/v1/statuses/:id/reblog and unreblog."""

from watertower.api.answers import answer_with_status
from watertower.api.request import ApiRequest
from watertower.api.v1.statuses.draft import visibility_of
from watertower.base.web import Response
from watertower.statuses.actions.boost import boost
from watertower.statuses.actions.unboost import unboost


async def post_reblog(request: ApiRequest) -> Response:
    """Pass a status on; the answer is the boost with the status inside."""
    boost_id = await boost(
        request.ctx,
        actor_id=request.my_account_id,
        status_id=request.path_id(),
        visibility=visibility_of(request),
    )
    return await answer_with_status(request, boost_id)


async def post_unreblog(request: ApiRequest) -> Response:
    """Take the boost back; the answer is the status."""
    status_id = await unboost(
        request.ctx, actor_id=request.my_account_id, status_id=request.path_id()
    )
    return await answer_with_status(request, status_id)
