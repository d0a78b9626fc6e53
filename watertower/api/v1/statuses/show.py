"""GET /api/v1/statuses/:id, and several with GET /api/v1/statuses?id[]=."""

from watertower.api.answers import answer_with_status
from watertower.api.request import ApiRequest
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.api.shapes.status import render_statuses
from watertower.base.web import Response
from watertower.statuses.access.statuses import lines_for

MOST = 100


async def get_status(request: ApiRequest) -> Response:
    """One status."""
    return await answer_with_status(request, request.path_id())


async def get_statuses(request: ApiRequest) -> Response:
    """Those that the viewer may see, in the order asked for."""
    ids = request.ids("id", most=MOST)
    place = {status_id: n for n, status_id in enumerate(ids)}
    lines = await lines_for(request.ctx, viewer=request.viewer, status_ids=ids)
    lines.sort(key=lambda line: place[line.id])
    bodies = await render_statuses(request.ctx, lines, viewer=request.viewer)
    return raw_response(raw_list(bodies))
