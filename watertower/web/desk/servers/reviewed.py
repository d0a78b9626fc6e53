"""/desk/servers/reviews: reviews of servers, step by step, and the criteria they rest on."""

import difflib

from watertower.accounts.model import Permission
from watertower.base.errors import Invalid, NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.server_reviews import (
    criteria_in_force,
    criteria_sets,
    open_reviews,
    review_for,
)
from watertower.moderation.actions.servers.conclude import (
    note_announced,
    note_blogged,
    watch_on,
)
from watertower.moderation.actions.servers.criteria import change_criteria
from watertower.moderation.actions.servers.policy_texts import note_policy, take_policy
from watertower.moderation.actions.servers.review import (
    add_finding,
    agree_to_proposal,
    begin_research,
    decide_in_emergency,
    open_review,
    propose,
)
from watertower.moderation.model.server_reviews import PROPOSALS, PolicyText, Proposal
from watertower.moderation.model.servers import PUBLICITY
from watertower.web.desk.servers.decide import moment_in
from watertower.web.desk.servers.shown import domain_in
from watertower.web.desk.servers.shown import shown as server_shown
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of


async def get_reviews(request: WebRequest) -> Response:
    """Reviews that are not over, and the criteria."""
    return await _list(request)


async def _list(request: WebRequest, wrong: str = "") -> Response:
    return page(
        request,
        "desk/servers_reviews.html",
        status=422 if wrong else 200,
        reviews=await open_reviews(request.ctx),
        sets=await criteria_sets(request.ctx),
        now=request.ctx.now(),
        wrong=wrong,
    )


async def post_criteria(request: WebRequest) -> Response:
    """A new version of a set of criteria, one in each line."""
    try:
        await change_criteria(
            request.ctx,
            actor_id=request.my_account_id,
            kind=request.text("kind", 20),
            points=request.text("points").splitlines(),
        )
    except Invalid as refused:
        return await _list(request, refused.says)
    return redirect("/desk/servers/reviews", 303)


async def post_open(request: WebRequest) -> Response:
    """Open a review of a server."""
    domain = domain_in(request)
    try:
        review_id = await open_review(
            request.ctx,
            actor_id=request.my_account_id,
            domain=domain,
            cause=request.text("cause", 30),
            reason=request.text("reason"),
            is_promised=request.is_on("is_promised"),
        )
    except Refused as refused:
        return await server_shown(request, domain, refused.says)
    return redirect(f"/desk/servers/reviews/{review_id}", 303)


async def get_review(request: WebRequest) -> Response:
    """One review."""
    return await _shown(request)


async def post_review(request: WebRequest) -> Response:
    """One step of it; the button says which."""
    try:
        await _step(request, request.path_id(), request.my_account_id)
    except Refused as refused:
        return await _shown(request, refused.says)
    return redirect(f"/desk/servers/reviews/{request.path_id()}", 303)


async def _step(request: WebRequest, review_id: int, me: int) -> None:
    ctx, do = request.ctx, request.text("do", 20)
    if do in {"agree", "emergency"} and not request.me.may(Permission.MANAGE_FEDERATION):
        raise NotFound
    if do == "research":
        await begin_research(ctx, actor_id=me, review_id=review_id)
    elif do == "find":
        await add_finding(
            ctx,
            actor_id=me,
            review_id=review_id,
            is_server_level=request.text("level", 10) == "server",
            text=request.text("text"),
            url=request.line("url", 2000),
        )
    elif do == "propose":
        criteria = await criteria_in_force(ctx)
        proposal = Proposal(
            outcome=request.text("outcome", 20),
            text=request.text("proposal_text"),
            criteria=[one for n, one in enumerate(criteria) if request.is_on(f"criterion_{n}")],
            is_cohesive=request.is_on("is_cohesive"),
            override_reason=request.line("override_reason", 1000),
            publicity=request.text("publicity", 30) or "listed",
            publicity_reason=request.line("publicity_reason"),
        )
        await propose(ctx, actor_id=me, review_id=review_id, proposal=proposal)
    elif do == "agree":
        await agree_to_proposal(ctx, actor_id=me, review_id=review_id)
    elif do == "emergency":
        await decide_in_emergency(ctx, actor_id=me, review_id=review_id)
    elif do == "announced":
        await note_announced(ctx, actor_id=me, review_id=review_id)
    elif do == "blogged":
        await note_blogged(ctx, actor_id=me, review_id=review_id)
    elif do == "watch":
        await watch_on(
            ctx,
            actor_id=me,
            review_id=review_id,
            signs=request.text("signs"),
            next_at=moment_in(request, "next_on"),
        )
    elif do == "policy":
        await take_policy(
            ctx,
            actor_id=me,
            review_id=review_id,
            kind=request.text("kind", 20),
            url=request.line("policy_url", 2000),
        )
    elif do == "note":
        await note_policy(
            ctx,
            actor_id=me,
            review_id=review_id,
            text_id=id_of(request.text("text_id", 19)) or 0,
            note=request.text("note"),
        )


async def _shown(request: WebRequest, wrong: str = "") -> Response:
    found = await review_for(request.ctx, review_id=request.path_id())
    return page(
        request,
        "desk/servers_review.html",
        status=422 if wrong else 200,
        review=found.review,
        findings=found.findings,
        texts=[(one, difference(one, found.texts)) for one in found.texts],
        proposals=PROPOSALS.items(),
        publicity=PUBLICITY.items(),
        criteria=list(enumerate(await criteria_in_force(request.ctx))),
        me=request.my_account_id,
        now=request.ctx.now(),
        wrong=wrong,
    )


def difference(text: PolicyText, texts: list[PolicyText]) -> list[str]:
    """What changed since the copy before, as lines that begin with + and -; [] for the first."""
    older = [one for one in texts if one.kind == text.kind and one.id < text.id]
    if not older:
        return []
    lines = difflib.unified_diff(
        older[0].text.splitlines(), text.text.splitlines(), lineterm="", n=1
    )
    return list(lines)[2:400]
