"""/api/v1/announcements: what the moderators tell everybody."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.announcement import announcement_shape
from watertower.base.web import Response, json_response
from watertower.feeds.access.announcements import announcements_for
from watertower.feeds.actions.announcements import dismiss_announcement, react, unreact


async def get_announcements(request: ApiRequest) -> Response:
    """The announcements in force."""
    rows = await announcements_for(request.ctx, account_id=request.my_account_id)
    return json_response([announcement_shape(request.ctx, row) for row in rows])


async def post_dismiss(request: ApiRequest) -> Response:
    """Note that one has read it."""
    await dismiss_announcement(
        request.ctx, account_id=request.my_account_id, announcement_id=request.path_id()
    )
    return json_response({})


async def put_reaction(request: ApiRequest) -> Response:
    """React with an emoji."""
    await react(
        request.ctx,
        account_id=request.my_account_id,
        announcement_id=request.path_id(),
        name=request.path_params["name"],
    )
    return json_response({})


async def delete_reaction(request: ApiRequest) -> Response:
    """Take a reaction back."""
    await unreact(
        request.ctx,
        account_id=request.my_account_id,
        announcement_id=request.path_id(),
        name=request.path_params["name"],
    )
    return json_response({})
