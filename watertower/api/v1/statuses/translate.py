"""POST /api/v1/statuses/:id/translate."""

from watertower.api.request import ApiRequest
from watertower.base.errors import NotFound
from watertower.base.web import Response
from watertower.statuses.access.statuses import line_for


async def post_translate(request: ApiRequest) -> Response:
    """No translation service is set up: the answer is the one Mastodon gives then."""
    await line_for(request.ctx, viewer=request.viewer, status_id=request.path_id())
    raise NotFound
