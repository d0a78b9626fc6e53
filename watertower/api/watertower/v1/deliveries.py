"""GET /api/watertower/v1/statuses/:id/deliveries: which servers received an own post."""

from collections import Counter

from watertower.api.request import ApiRequest
from watertower.base.web import Response, json_response
from watertower.statuses.access.reach import reach_of


async def get_deliveries(request: ApiRequest) -> Response:
    """Servers with how far the post came: `received`, `waiting` or `given_up`."""
    found = await reach_of(
        request.ctx, viewer_id=request.my_account_id, status_id=request.path_id()
    )
    counts = Counter(one.state for one in found)
    return json_response(
        {
            "received": counts["received"],
            "waiting": counts["waiting"],
            "given_up": counts["given_up"],
            "servers": [
                {
                    "domain": one.host,
                    "state": one.state,
                    "attempts": one.attempts,
                    "error": one.error or None,
                }
                for one in found
            ],
        }
    )
