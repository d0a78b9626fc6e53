"""GET /api/v1/notifications, one of them, and how many are unread."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.notification import render_notifications
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.base.errors import NotFound
from watertower.base.web import Response, json_response
from watertower.feeds.access.notifications import (
    notification_for,
    notifications_for,
    unread_of,
)


async def get_notifications(request: ApiRequest) -> Response:
    """What happened to one, newest first."""
    page = request.page(default=40, most=80)
    lines = await notifications_for(
        request.ctx,
        account_id=request.my_account_id,
        page=page,
        kinds=request.texts("types") or None,
        without_kinds=request.texts("exclude_types") or None,
        from_account_id=request.id("account_id"),
        with_filtered=request.is_on("include_filtered"),
    )
    bodies = await render_notifications(request.ctx, lines, viewer=request.me)
    links = link_header(request, [line.id for line in lines], page, goes_on=True)
    return raw_response(raw_list(bodies), links)


async def get_notification(request: ApiRequest) -> Response:
    """One notification."""
    line = await notification_for(
        request.ctx, account_id=request.my_account_id, notification_id=request.path_id()
    )
    bodies = await render_notifications(request.ctx, [line], viewer=request.me)
    if not bodies:
        raise NotFound
    return raw_response(bodies[0])


async def get_unread_count(request: ApiRequest) -> Response:
    """How many are newer than the marker, counted up to a limit."""
    limit = request.number("limit", 100, least=1, most=10**6) or 100
    count = await unread_of(
        request.ctx,
        account_id=request.my_account_id,
        most=limit,
        kinds=request.texts("types") or None,
        without_kinds=request.texts("exclude_types") or None,
        from_account_id=request.id("account_id"),
    )
    return json_response({"count": count})
