"""/api/watertower/v1/desk/votes: every step of a vote, for those who keep votes."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.vote import desk_vote_shape
from watertower.base.web import Response, json_response
from watertower.community.access.votes import vote_for_desk, votes_for_desk
from watertower.community.actions.cancel_vote import cancel_vote
from watertower.community.actions.decide_vote import decide_vote, publish_vote
from watertower.community.actions.draft_vote import draft_vote, find_wording_neutral
from watertower.community.actions.herald_vote import herald_vote
from watertower.community.actions.open_vote import open_vote
from watertower.community.actions.raise_vote import raise_vote
from watertower.community.model import LONGEST_LINE, LONGEST_TEXT, MOST_OPTIONS, VoteDraft


async def get_votes(request: ApiRequest) -> Response:
    """All votes, newest first, also what was decided not to be asked."""
    page = request.page()
    found = await votes_for_desk(request.ctx, page=page)
    return json_response(
        [desk_vote_shape(request.ctx, seen) for seen in found],
        headers=link_header(request, [seen.vote.id for seen in found], page),
    )


async def get_vote(request: ApiRequest) -> Response:
    """One vote."""
    return await _answer(request, request.path_id())


async def post_vote(request: ApiRequest) -> Response:
    """Write down that members are to be asked: `subject`, `why`, `about_domain`; or not: `needed`."""
    vote_id = await raise_vote(
        request.ctx,
        actor_id=request.my_account_id,
        subject=request.text("subject", limit=LONGEST_LINE) or "",
        why=request.text("why", limit=LONGEST_TEXT) or "",
        about_domain=request.text("about_domain", limit=LONGEST_LINE) or "",
        is_needed=bool(request.flag("needed", True)),
    )
    return await _answer(request, vote_id)


async def post_draft(request: ApiRequest) -> Response:
    """`question`, `explanation`, `options[]`, `multiple`, `binding`, `quorum_percent`."""
    await draft_vote(
        request.ctx,
        actor_id=request.my_account_id,
        vote_id=request.path_id(),
        draft=VoteDraft(
            question=request.text("question", limit=LONGEST_LINE) or "",
            explanation=request.text("explanation", limit=LONGEST_TEXT) or "",
            options=request.texts("options", most=MOST_OPTIONS, limit=LONGEST_LINE),
            is_multiple=request.is_on("multiple"),
            is_binding=request.is_on("binding"),
            quorum_percent=request.number("quorum_percent", 0, most=100) or 0,
        ),
    )
    return await get_vote(request)


async def post_read(request: ApiRequest) -> Response:
    """The wording of `drafted_at` is neutral, says somebody who did not write it."""
    await find_wording_neutral(
        request.ctx,
        actor_id=request.my_account_id,
        vote_id=request.path_id(),
        seen=request.moment("drafted_at"),
    )
    return await get_vote(request)


async def post_herald(request: ApiRequest) -> Response:
    """Have the official account tell that it opens at `opens_at`."""
    opens_at = request.moment("opens_at")
    if opens_at is None:
        raise invalid("opens_at", "can't be blank", "ERR_BLANK")
    await herald_vote(
        request.ctx, actor_id=request.my_account_id, vote_id=request.path_id(), opens_at=opens_at
    )
    return await get_vote(request)


async def post_open(request: ApiRequest) -> Response:
    """Open it, if its time has come and the clock was not there yet."""
    await open_vote(request.ctx, actor_id=request.my_account_id, vote_id=request.path_id())
    return await get_vote(request)


async def post_decide(request: ApiRequest) -> Response:
    """`decision`, `reasons`, and `departs` if it is not what most answered."""
    await decide_vote(
        request.ctx,
        actor_id=request.my_account_id,
        vote_id=request.path_id(),
        decision=request.text("decision", limit=LONGEST_TEXT) or "",
        reasons=request.text("reasons", limit=LONGEST_TEXT) or "",
        departs=request.is_on("departs"),
    )
    return await get_vote(request)


async def post_publish(request: ApiRequest) -> Response:
    """Publish result, turnout and decision."""
    await publish_vote(request.ctx, actor_id=request.my_account_id, vote_id=request.path_id())
    return await get_vote(request)


async def post_cancel(request: ApiRequest) -> Response:
    """Cancel it, with a public `reason`."""
    await cancel_vote(
        request.ctx,
        actor_id=request.my_account_id,
        vote_id=request.path_id(),
        reason=request.text("reason", limit=LONGEST_TEXT) or "",
    )
    return await get_vote(request)


async def _answer(request: ApiRequest, vote_id: int) -> Response:
    seen = await vote_for_desk(request.ctx, vote_id=vote_id)
    return json_response(desk_vote_shape(request.ctx, seen))
