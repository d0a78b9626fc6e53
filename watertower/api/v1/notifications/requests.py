"""Senders whose notifications are kept aside: /api/v1/notifications/requests."""

from collections.abc import Awaitable, Callable

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.notification import render_requests
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.base.errors import NotFound
from watertower.base.web import Response, json_response
from watertower.feeds.access.notifications import request_for, requests_for
from watertower.feeds.actions.notifications import accept_senders, dismiss_senders

Act = Callable[..., Awaitable[None]]


async def get_requests(request: ApiRequest) -> Response:
    """The senders, newest first."""
    page = request.page(default=40, most=80)
    found = await requests_for(request.ctx, account_id=request.my_account_id, page=page)
    bodies = await render_requests(request.ctx, found, viewer=request.me)
    return raw_response(
        raw_list(bodies), link_header(request, [one.newest_id for one in found], page)
    )


async def get_request(request: ApiRequest) -> Response:
    """One sender."""
    found = await request_for(
        request.ctx, account_id=request.my_account_id, from_account_id=request.path_id()
    )
    bodies = await render_requests(request.ctx, [found], viewer=request.me)
    if not bodies:
        raise NotFound
    return raw_response(bodies[0])


async def post_accept(request: ApiRequest) -> Response:
    """Let one sender through."""
    return await _answer(request, accept_senders, await _one(request))


async def post_dismiss(request: ApiRequest) -> Response:
    """Throw away what one sender sent."""
    return await _answer(request, dismiss_senders, await _one(request))


async def post_accept_all(request: ApiRequest) -> Response:
    """Let the senders in id[] through."""
    return await _answer(request, accept_senders, request.ids("id"))


async def post_dismiss_all(request: ApiRequest) -> Response:
    """Throw away what the senders in id[] sent."""
    return await _answer(request, dismiss_senders, request.ids("id"))


async def get_merged(request: ApiRequest) -> Response:  # noqa: ARG001
    """Whether accepted senders have joined the list: at once, since it is one statement."""
    return json_response({"merged": True})


async def _one(request: ApiRequest) -> list[int]:
    found = await request_for(
        request.ctx, account_id=request.my_account_id, from_account_id=request.path_id()
    )
    return [found.account_id]


async def _answer(request: ApiRequest, act: Act, from_account_ids: list[int]) -> Response:
    await act(request.ctx, account_id=request.my_account_id, from_account_ids=from_account_ids)
    return json_response({})
