"""/api/v1/conversations: private exchanges."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.conversation import render_conversations
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.base.web import Response, json_response
from watertower.feeds.access.conversations import conversations_for
from watertower.feeds.actions.conversations import mark_conversation, remove_conversation


async def get_conversations(request: ApiRequest) -> Response:
    """One's conversations, by their last status."""
    page = request.page()
    found = await conversations_for(request.ctx, account_id=request.my_account_id, page=page)
    bodies = await render_conversations(request.ctx, found, viewer=request.me)
    links = link_header(request, [one.last_status_id for one in found], page)
    return raw_response(raw_list(bodies), links)


async def post_read(request: ApiRequest) -> Response:
    """Mark as read."""
    return await _mark(request, is_unread=False)


async def post_unread(request: ApiRequest) -> Response:
    """Mark as unread."""
    return await _mark(request, is_unread=True)


async def delete_conversation(request: ApiRequest) -> Response:
    """Take out of the list."""
    await remove_conversation(
        request.ctx,
        account_id=request.my_account_id,
        inbox_conversation_id=request.path_id(),
    )
    return json_response({})


async def _mark(request: ApiRequest, *, is_unread: bool) -> Response:
    found = await mark_conversation(
        request.ctx,
        account_id=request.my_account_id,
        inbox_conversation_id=request.path_id(),
        is_unread=is_unread,
    )
    bodies = await render_conversations(request.ctx, [found], viewer=request.me)
    return raw_response(bodies[0])
