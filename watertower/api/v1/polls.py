"""GET /api/v1/polls/:id and POST /api/v1/polls/:id/votes."""

import msgspec

from watertower.api.request import ApiRequest, id_of
from watertower.api.shapes.raw import raw_response
from watertower.api.shapes.status import render_status
from watertower.base.web import Response
from watertower.statuses.access.polls import line_of_poll
from watertower.statuses.actions.vote import vote
from watertower.statuses.limits import MAX_POLL_OPTIONS

MOST_CHOICES = MAX_POLL_OPTIONS * 25  # polls of other servers may have more options than ours


class _WithPoll(msgspec.Struct):
    """The part of a rendered status that is wanted, as the bytes it is."""

    poll: msgspec.Raw


async def get_poll(request: ApiRequest) -> Response:
    """A poll, with what the viewer chose."""
    return await _answer_with_poll(request)


async def post_votes(request: ApiRequest) -> Response:
    """Vote; the answer is the poll with the vote counted."""
    choices = []
    for value in request.list_of("choices", most=MOST_CHOICES):
        number = id_of(value)
        choices.append(-1 if number is None or number > 32_767 else number)
    await vote(
        request.ctx, actor_id=request.my_account_id, poll_id=request.path_id(), choices=choices
    )
    return await _answer_with_poll(request)


async def _answer_with_poll(request: ApiRequest) -> Response:
    line = await line_of_poll(request.ctx, viewer=request.viewer, poll_id=request.path_id())
    body = await render_status(request.ctx, line, viewer=request.viewer)
    return raw_response(bytes(msgspec.json.decode(body, type=_WithPoll).poll))
