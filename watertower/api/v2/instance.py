"""GET /api/v2/instance: the first thing every app asks."""

from watertower.api.described import INSTANCE
from watertower.api.request import ApiRequest
from watertower.api.shapes.raw import raw_response
from watertower.base.web import Response


async def get_instance(request: ApiRequest) -> Response:
    """What this server is, allows and asks."""
    return raw_response(await INSTANCE.get(request.ctx))
