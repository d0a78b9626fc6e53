"""POST /api/v1/statuses."""

from watertower.api.answers import answer_with_status
from watertower.api.request import ApiRequest
from watertower.api.shapes.scheduled_status import scheduled_shapes
from watertower.api.v1.statuses.draft import draft_of
from watertower.base.web import Response, json_response
from watertower.moderation.actions.inbound.publish_checked import publish_checked
from watertower.statuses.access.scheduled import scheduled_of
from watertower.statuses.actions.publish import Scheduled


async def post_status(request: ApiRequest) -> Response:
    """Publish a status, or with `scheduled_at` keep it until then."""
    made = await publish_checked(
        request.ctx,
        author_id=request.my_account_id,
        draft=draft_of(request),
        application_id=request.me.application_id,
        idempotency_key=request.headers.get("idempotency-key"),
    )
    if isinstance(made, Scheduled):
        waiting = await scheduled_of(
            request.ctx,
            account_id=request.my_account_id,
            scheduled_id=made.scheduled_status_id,
            even_published=True,
        )
        return json_response((await scheduled_shapes(request.ctx, [waiting]))[0])
    return await answer_with_status(request, made.status_id)
