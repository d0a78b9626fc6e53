"""GET /api/v1/statuses/:id/context."""

from watertower.accounts.model import viewer_id
from watertower.api.request import ApiRequest
from watertower.api.shapes.async_refresh import RETRY_SECONDS, refresh_id
from watertower.api.shapes.context import context_shape
from watertower.api.shapes.raw import raw_response
from watertower.api.shapes.status import render_statuses
from watertower.base.web import Response
from watertower.statuses.access.thread import status_and_thread
from watertower.statuses.actions.open_thread import open_thread


async def get_context(request: ApiRequest) -> Response:
    """The thread around a status."""
    status_id = request.path_id()
    status, above, below = await status_and_thread(
        request.ctx, viewer=request.viewer, status_id=status_id
    )
    ancestors, descendants = [
        await render_statuses(request.ctx, lines, viewer=request.viewer, filter_context="thread")
        if lines
        else []
        for lines in (above, below)
    ]
    response = raw_response(context_shape(ancestors, descendants))
    is_elsewhere = not status.is_local and status.reblog_of_id is None
    if (
        is_elsewhere
        and viewer_id(request.viewer) is not None
        and await open_thread(request.ctx, status_id=status_id)
    ):
        response.headers["mastodon-async-refresh"] = (
            f'id="{refresh_id(status_id)}", retry={RETRY_SECONDS}'
        )
    return response
