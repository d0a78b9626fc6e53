"""/votes: what members are and were asked; /votes/:id: the page that announcements lead to."""

from watertower.base.errors import Conflict, Forbidden, Invalid
from watertower.base.web import Response, redirect
from watertower.community.access.votes import vote_for, votes_for
from watertower.community.actions.answer_vote import answer_vote
from watertower.community.model import ACTIVE_WITHIN, LEAST_AGE
from watertower.web.pages import page
from watertower.web.request import PAGE_SIZE, WebRequest, id_of


async def get_votes(request: WebRequest) -> Response:
    """Votes that were announced, newest first."""
    found = await votes_for(request.ctx, page=request.page())
    return page(
        request,
        "votes.html",
        votes=found[:PAGE_SIZE],
        older=found[PAGE_SIZE - 1].vote.id if len(found) > PAGE_SIZE else None,
    )


async def get_vote(request: WebRequest) -> Response:
    """One vote: the form while it is open, the result once it is published."""
    return await _one(request)


async def post_vote(request: WebRequest) -> Response:
    """Answer, or answer anew."""
    vote_id = request.path_id()
    seen = await vote_for(request.ctx, viewer=request.me, vote_id=vote_id)
    if seen.vote.is_multiple:
        places = range(len(seen.vote.choices))
        chosen = [place for place in places if request.is_on(f"choice_{place}")]
    else:
        place = id_of(request.params.get("choice"))
        chosen = [] if place is None else [place]
    try:
        await answer_vote(
            request.ctx, account_id=request.my_account_id, vote_id=vote_id, choices=chosen
        )
    except (Invalid, Conflict, Forbidden) as refused:
        says = refused.says.removeprefix("Validation failed: ")
        return await _one(
            request, wrong=says, status=403 if isinstance(refused, Forbidden) else 422
        )
    return redirect(f"/votes/{vote_id}?answered=1", 303)


async def _one(request: WebRequest, *, wrong: str = "", status: int = 200) -> Response:
    seen = await vote_for(request.ctx, viewer=request.viewer, vote_id=request.path_id())
    return page(
        request,
        "vote.html",
        status=status,
        vote=seen.vote,
        phase=seen.phase,
        own=seen.own,
        why_not=seen.why_not,
        wrong=wrong,
        was_answered=request.is_on("answered") and seen.own is not None and not wrong,
        least_days=LEAST_AGE.days,
        active_days=ACTIVE_WITHIN.days,
    )
