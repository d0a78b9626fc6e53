"""GET /api/v1/statuses/:id/reblogged_by and favourited_by."""

from watertower.api.answers import answer_with_accounts
from watertower.api.request import ApiRequest
from watertower.base.web import Response
from watertower.statuses.access.people import boosters_for, favouriters_for


async def get_reblogged_by(request: ApiRequest) -> Response:
    """Who boosted it publicly, newest first."""
    page = request.page(default=40, most=80)
    rows = await boosters_for(
        request.ctx, viewer=request.viewer, status_id=request.path_id(), page=page
    )
    return await answer_with_accounts(request, rows, page)


async def get_favourited_by(request: ApiRequest) -> Response:
    """Who starred it, newest first."""
    page = request.page(default=40, most=80)
    rows = await favouriters_for(
        request.ctx, viewer=request.viewer, status_id=request.path_id(), page=page
    )
    return await answer_with_accounts(request, rows, page)
