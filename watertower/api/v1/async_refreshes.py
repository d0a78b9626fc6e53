"""GET /api/v1_alpha/async_refreshes/:id: work that an answer said was still under way.

Our answers are complete when they are given and never name one, so there is none to show.
"""

from watertower.api.request import ApiRequest
from watertower.base.errors import NotFound
from watertower.base.web import Response


async def get_async_refresh(request: ApiRequest) -> Response:
    """None is ever under way."""
    del request
    raise NotFound
