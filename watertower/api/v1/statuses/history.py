"""GET /api/v1/statuses/:id/history and source."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.account import render_account
from watertower.api.shapes.status_edit import edit_shape
from watertower.api.shapes.status_source import source_shape
from watertower.base.web import Response, json_response
from watertower.statuses.access.history import history_for, source_for


async def get_history(request: ApiRequest) -> Response:
    """Each version of a status, oldest first."""
    status, edits = await history_for(
        request.ctx, viewer=request.viewer, status_id=request.path_id()
    )
    account = await render_account(request.ctx, status.account_id)
    return json_response([edit_shape(request.ctx, edit, account=account) for edit in edits])


async def get_source(request: ApiRequest) -> Response:
    """What the author typed."""
    status = await source_for(request.ctx, viewer=request.viewer, status_id=request.path_id())
    return json_response(source_shape(status))
