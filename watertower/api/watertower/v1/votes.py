"""/api/watertower/v1/votes: what members are asked, their answers, and what followed."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest, id_of, invalid
from watertower.api.shapes.vote import vote_shape
from watertower.base.web import Response, json_response
from watertower.community.access.votes import vote_for, votes_for
from watertower.community.actions.answer_vote import answer_vote
from watertower.community.model import MOST_OPTIONS


async def get_votes(request: ApiRequest) -> Response:
    """Votes that were announced, newest first."""
    page = request.page()
    found = await votes_for(request.ctx, page=page)
    return json_response(
        [vote_shape(request.ctx, seen) for seen in found],
        headers=link_header(request, [seen.vote.id for seen in found], page),
    )


async def get_vote(request: ApiRequest) -> Response:
    """One vote, with one's own answer while it is open."""
    seen = await vote_for(request.ctx, viewer=request.me, vote_id=request.path_id())
    return json_response(vote_shape(request.ctx, seen))


async def post_answer(request: ApiRequest) -> Response:
    """Answer with `choices[]`, places of options from 0; again until the end to change it."""
    choices = [id_of(one) for one in request.list_of("choices", most=MOST_OPTIONS + 1)]
    if None in choices:
        raise invalid("choices", "must be numbers of options")
    await answer_vote(
        request.ctx,
        account_id=request.my_account_id,
        vote_id=request.path_id(),
        choices=[one for one in choices if one is not None],
    )
    return await get_vote(request)
