"""/desk/votes: whether members are asked, what, and what followed."""

from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

from watertower.base.errors import Conflict, Forbidden, Invalid
from watertower.base.web import Response, redirect
from watertower.community.access.votes import vote_for_desk, votes_for_desk
from watertower.community.actions.cancel_vote import cancel_vote
from watertower.community.actions.decide_vote import decide_vote, publish_vote
from watertower.community.actions.draft_vote import draft_vote, find_wording_neutral
from watertower.community.actions.herald_vote import herald_vote
from watertower.community.actions.open_vote import open_vote
from watertower.community.actions.raise_vote import raise_vote
from watertower.community.model import CANCELLABLE, HERALD_BEFORE, LEADS, VoteDraft
from watertower.web.pages import page
from watertower.web.request import PAGE_SIZE, WebRequest, id_of

REFUSED = (Invalid, Conflict, Forbidden)
TYPED = ("subject", "why", "about_domain")
NOTES = {
    "raised": "Written down.",
    "drafted": "Kept. Somebody else has to read the wording now.",
    "read": "The wording was read. It can be told that a survey is coming.",
    "heralded": "The official account tells it. The clock opens the vote.",
    "opened": "It is open for 72 hours.",
    "decided": "Kept. Publish it, so that members read it.",
    "published": "Result and decision are public.",
    "cancelled": "It is cancelled, and the reason is public.",
}


async def get_votes(request: WebRequest) -> Response:
    """All votes, also what was decided not to be asked."""
    return await _list(request)


async def post_votes(request: WebRequest) -> Response:
    """Write down that members are to be asked, or are not."""
    try:
        vote_id = await raise_vote(
            request.ctx,
            actor_id=request.my_account_id,
            subject=request.line("subject"),
            why=request.text("why"),
            about_domain=request.line("about_domain"),
            is_needed=request.text("needed") != "no",
        )
    except REFUSED as refused:
        return await _list(request, wrong=_says(refused))
    return redirect(f"/desk/votes/{vote_id}?note=raised", 303)


async def get_vote(request: WebRequest) -> Response:
    """One vote, with the step that is next."""
    return await _one(request)


async def post_draft(request: WebRequest) -> Response:
    """Keep the draft."""
    quorum = id_of(request.params.get("quorum_percent"))
    draft = VoteDraft(
        question=request.line("question"),
        explanation=request.text("explanation"),
        options=request.text("options").splitlines(),
        is_multiple=request.is_on("multiple"),
        is_binding=request.is_on("binding"),
        quorum_percent=0 if quorum is None else quorum,
    )
    doing = draft_vote(
        request.ctx, actor_id=request.my_account_id, vote_id=request.path_id(), draft=draft
    )
    return await _done(request, doing, "drafted", draft=draft)


async def post_read(request: WebRequest) -> Response:
    """The second reader agrees with the wording."""
    doing = find_wording_neutral(
        request.ctx,
        actor_id=request.my_account_id,
        vote_id=request.path_id(),
        seen=_moment(request.line("seen", 40)),
    )
    return await _done(request, doing, "read")


async def post_herald(request: WebRequest) -> Response:
    """Say when it opens, and tell members."""
    opens_at = _moment(request.line("opens_at", 40))
    if opens_at is None:
        return await _one(request, wrong="Opens at is no date and time")
    doing = herald_vote(
        request.ctx,
        actor_id=request.my_account_id,
        vote_id=request.path_id(),
        opens_at=opens_at,
    )
    return await _done(request, doing, "heralded")


async def post_open(request: WebRequest) -> Response:
    """Open it before the clock does."""
    doing = open_vote(request.ctx, actor_id=request.my_account_id, vote_id=request.path_id())
    return await _done(request, doing, "opened")


async def post_decide(request: WebRequest) -> Response:
    """Write the decision and the reasons."""
    departs = request.text("departs")
    doing = decide_vote(
        request.ctx,
        actor_id=request.my_account_id,
        vote_id=request.path_id(),
        decision=request.text("decision"),
        reasons=request.text("reasons"),
        departs=departs == "yes",
    )
    return await _done(request, doing, "decided")


async def post_publish(request: WebRequest) -> Response:
    """Publish result, turnout and decision."""
    doing = publish_vote(request.ctx, actor_id=request.my_account_id, vote_id=request.path_id())
    return await _done(request, doing, "published")


async def post_cancel(request: WebRequest) -> Response:
    """Cancel it."""
    doing = cancel_vote(
        request.ctx,
        actor_id=request.my_account_id,
        vote_id=request.path_id(),
        reason=request.text("reason"),
    )
    return await _done(request, doing, "cancelled")


async def _done(
    request: WebRequest, doing: Awaitable[None], note: str, *, draft: VoteDraft | None = None
) -> Response:
    try:
        await doing
    except REFUSED as refused:
        return await _one(request, wrong=_says(refused), draft=draft)
    return redirect(f"/desk/votes/{request.path_id()}?note={note}", 303)


async def _list(request: WebRequest, *, wrong: str = "") -> Response:
    found = await votes_for_desk(request.ctx, page=request.page())
    return page(
        request,
        "desk/votes.html",
        status=422 if wrong else 200,
        wrong=wrong,
        votes=found[:PAGE_SIZE],
        older=found[PAGE_SIZE - 1].vote.id if len(found) > PAGE_SIZE else None,
        typed={name: request.text(name) for name in TYPED},
    )


async def _one(request: WebRequest, *, wrong: str = "", draft: VoteDraft | None = None) -> Response:
    seen = await vote_for_desk(request.ctx, vote_id=request.path_id())
    vote = seen.vote
    return page(
        request,
        "desk/vote.html",
        status=422 if wrong else 200,
        wrong=wrong,
        note=NOTES.get(request.text("note", 20), ""),
        vote=vote,
        phase=seen.phase,
        draft=draft or vote,
        is_writer=vote.drafted_by_account_id == request.my_account_id,
        may_cancel=request.me.may(LEADS) and vote.state in CANCELLABLE and seen.phase != "closed",
        earliest=request.ctx.now() + HERALD_BEFORE + timedelta(hours=1),
        is_late=vote.decide_by is not None and request.ctx.now() > vote.decide_by,
    )


def _moment(typed: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _says(refused: Invalid | Conflict | Forbidden) -> str:
    return refused.says.removeprefix("Validation failed: ")
