"""GET /api/v1_alpha/async_refreshes/:id: work that an answer said was still under way.

The only such work are answers in threads of other servers (context.py).
"""

from watertower.api.request import ApiRequest
from watertower.api.shapes.async_refresh import NAME, async_refresh_shape
from watertower.base.errors import NotFound
from watertower.base.ids import MAX_ID
from watertower.base.web import Response, json_response
from watertower.statuses.actions.open_thread import is_running, look_at


async def get_async_refresh(request: ApiRequest) -> Response:
    """How far it is. Anybody with a token may ask: it says how many answers came, not which."""
    number = request.path_params["id"].removeprefix(NAME)
    if not number.isascii() or not number.isdigit() or len(number) > 19 or int(number) > MAX_ID:
        raise NotFound
    status_id = int(number)
    look = await look_at(request.ctx, status_id=status_id)
    if look is None:
        raise NotFound
    running = is_running(request.ctx, look)
    return json_response(
        {"async_refresh": async_refresh_shape(status_id, is_running=running, found=look.found)}
    )
