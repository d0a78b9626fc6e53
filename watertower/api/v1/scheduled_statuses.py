"""/api/v1/scheduled_statuses: what a member has waiting for its time."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.scheduled_status import scheduled_shapes
from watertower.base.web import Response, json_response
from watertower.statuses.access.scheduled import scheduled_of, scheduled_page
from watertower.statuses.actions.reschedule import cancel_scheduled, reschedule


async def get_scheduled_statuses(request: ApiRequest) -> Response:
    """All that wait, newest first."""
    page = request.page()
    waiting = await scheduled_page(request.ctx, account_id=request.my_account_id, page=page)
    shapes = await scheduled_shapes(request.ctx, waiting)
    return json_response(shapes, headers=link_header(request, [one.id for one in waiting], page))


async def get_scheduled_status(request: ApiRequest) -> Response:
    """One of them."""
    waiting = await scheduled_of(
        request.ctx, account_id=request.my_account_id, scheduled_id=request.path_id()
    )
    return json_response((await scheduled_shapes(request.ctx, [waiting]))[0])


async def put_scheduled_status(request: ApiRequest) -> Response:
    """Publish it at another time."""
    await reschedule(
        request.ctx,
        actor_id=request.my_account_id,
        scheduled_id=request.path_id(),
        at=request.moment("scheduled_at"),
    )
    return await get_scheduled_status(request)


async def delete_scheduled_status(request: ApiRequest) -> Response:
    """Publish it never."""
    await cancel_scheduled(
        request.ctx, actor_id=request.my_account_id, scheduled_id=request.path_id()
    )
    return json_response({})
