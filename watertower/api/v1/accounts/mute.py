"""POST /api/v1/accounts/:id/mute and unmute."""

from watertower.accounts.actions.mute import mute
from watertower.accounts.actions.unmute import unmute
from watertower.api.answers_about_people import answer_with_relationship
from watertower.api.request import ApiRequest
from watertower.base.web import Response

LONGEST_SECONDS = 100 * 365 * 86_400


async def post_mute(request: ApiRequest) -> Response:
    """Read nothing of somebody, for a while or until taken back."""
    target_id = request.path_id()
    await mute(
        request.ctx,
        actor_id=request.my_account_id,
        target_id=target_id,
        hides_notifications=bool(request.flag("notifications", True)),
        duration_seconds=request.number("duration", 0, most=LONGEST_SECONDS) or 0,
    )
    return await answer_with_relationship(request, target_id)


async def post_unmute(request: ApiRequest) -> Response:
    """Read somebody again."""
    target_id = request.path_id()
    await unmute(request.ctx, actor_id=request.my_account_id, target_id=target_id)
    return await answer_with_relationship(request, target_id)
