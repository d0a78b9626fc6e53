"""GET /api/v1/statuses/:id/context."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.context import context_shape
from watertower.api.shapes.raw import raw_response
from watertower.api.shapes.status import render_statuses
from watertower.base.web import Response
from watertower.statuses.access.thread import thread_for


async def get_context(request: ApiRequest) -> Response:
    """The thread around a status."""
    above, below = await thread_for(request.ctx, viewer=request.viewer, status_id=request.path_id())
    ancestors, descendants = [
        await render_statuses(request.ctx, lines, viewer=request.viewer, filter_context="thread")
        if lines
        else []
        for lines in (above, below)
    ]
    return raw_response(context_shape(ancestors, descendants))
