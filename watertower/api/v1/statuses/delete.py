"""DELETE /api/v1/statuses/:id."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.raw import raw_response
from watertower.api.shapes.status import render_status
from watertower.base.json import to_json_bytes
from watertower.base.web import Response
from watertower.statuses.access.statuses import line_for
from watertower.statuses.actions.delete_status import delete_status


async def delete_own_status(request: ApiRequest) -> Response:
    """Delete an own status; the answer shows it once more, with its source, to be redrafted."""
    status_id = request.path_id()
    line = await line_for(request.ctx, viewer=request.viewer, status_id=status_id)
    body = await render_status(request.ctx, line, viewer=request.viewer)
    status = await delete_status(
        request.ctx,
        actor_id=request.my_account_id,
        status_id=status_id,
        deletes_media=request.is_on("delete_media"),
    )
    return raw_response(b'%b,"text":%b}' % (body[:-1], to_json_bytes(status.text)))
