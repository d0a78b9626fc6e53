"""GET /api/v1/preferences."""

from watertower.accounts.access.people import preferences_of
from watertower.api.request import ApiRequest
from watertower.api.shapes.preferences import preferences_shape
from watertower.base.web import Response, json_response


async def get_preferences(request: ApiRequest) -> Response:
    """What one chose for oneself, on the web, for apps to follow."""
    chosen = await preferences_of(request.ctx, account_id=request.my_account_id)
    return json_response(preferences_shape(chosen))
