"""PUT /api/v1/statuses/:id."""

from watertower.api.answers import answer_with_status
from watertower.api.request import ApiRequest
from watertower.api.v1.statuses.draft import draft_of
from watertower.base.web import Response
from watertower.statuses.actions.edit import edit


async def put_status(request: ApiRequest) -> Response:
    """Change an own status. What is left out is taken out, as in Mastodon."""
    await edit(
        request.ctx,
        actor_id=request.my_account_id,
        status_id=request.path_id(),
        draft=draft_of(request),
    )
    return await answer_with_status(request, request.path_id())
