"""POST /api/v1/statuses/:id/mute and unmute: the conversation, not its author."""

from watertower.api.answers import answer_with_status
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.statuses.actions.mute_conversation import mute_conversation, unmute_conversation


async def post_mute(request: ApiRequest) -> Response:
    """No more notifications from the thread."""
    await mute_conversation(
        request.ctx, actor_id=request.my_account_id, status_id=request.path_id()
    )
    return await answer_with_status(request, request.path_id())


async def post_unmute(request: ApiRequest) -> Response:
    """Notifications from the thread again."""
    await unmute_conversation(
        request.ctx, actor_id=request.my_account_id, status_id=request.path_id()
    )
    return await answer_with_status(request, request.path_id())
