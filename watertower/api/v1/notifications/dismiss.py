"""POST /api/v1/notifications/clear and /:id/dismiss."""

from watertower.api.request import ApiRequest
from watertower.base.web import Response, json_response
from watertower.feeds.actions.notifications import clear, dismiss


async def post_clear(request: ApiRequest) -> Response:
    """Remove all notifications."""
    await clear(request.ctx, account_id=request.my_account_id)
    return json_response({})


async def post_dismiss(request: ApiRequest) -> Response:
    """Remove one notification."""
    await dismiss(request.ctx, account_id=request.my_account_id, notification_id=request.path_id())
    return json_response({})
