"""GET /api/v1/statuses/:id."""

from watertower.api.answers import answer_with_status
from watertower.api.request import ApiRequest
from watertower.base.web import Response


async def get_status(request: ApiRequest) -> Response:
    """One status."""
    return await answer_with_status(request, request.path_id())
