"""/desk/research: what is being researched, and the workspace of each."""

from watertower.accounts.model import Permission
from watertower.base.errors import Invalid
from watertower.base.web import Response, redirect
from watertower.moderation.access.research import research_list, workspace
from watertower.moderation.actions.cases.research import research
from watertower.moderation.actions.research.watch import hand_over, keep_post, unwatch, watch
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

WAYS = {
    "post": "Posts we received",
    "reply": "Replies to members",
    "mention": "Mentions of members",
    "boost": "Boosts",
    "quote": "Quotes of members' posts",
    "like": "Likes of members' posts",
}


async def get_list(request: WebRequest) -> Response:
    """What is being researched, or was, and a form to begin."""
    return await _list(request)


async def post_new(request: WebRequest) -> Response:
    """Begin."""
    title, words = request.line("title", 200), request.text("words", 5000).strip()
    try:
        case_id = await research(
            request.ctx, actor_id=request.my_account_id, kind="research", title=title, words=words
        )
    except Invalid as refused:
        return await _list(request, wrong=f"{refused.says}.", title=title, words=words)
    return redirect(f"/desk/research/{case_id}", 303)


async def get_one(request: WebRequest) -> Response:
    """The workspace."""
    return await _one(request)


async def post_watch(request: WebRequest) -> Response:
    """Watch somebody or a server."""
    try:
        await watch(
            request.ctx,
            actor_id=request.my_account_id,
            case_id=request.path_id(),
            named=request.line("named", 300),
            note=request.text("note", 2000),
        )
    except Invalid as refused:
        return await _one(request, wrong=f"{refused.says}.")
    return _back(request)


async def post_unwatch(request: WebRequest) -> Response:
    """Watch no longer."""
    await unwatch(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        watch_id=id_of(request.params.get("watch_id")) or 0,
    )
    return _back(request)


async def post_evidence(request: WebRequest) -> Response:
    """Keep a post."""
    await keep_post(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        status_id=id_of(request.params.get("status_id")) or 0,
    )
    return _back(request)


async def post_hand_over(request: WebRequest) -> Response:
    """On to those who review servers."""
    try:
        review_id = await hand_over(
            request.ctx,
            actor_id=request.my_account_id,
            case_id=request.path_id(),
            domain=request.line("domain", 255),
            words=request.text("words", 5000),
        )
    except Invalid as refused:
        return await _one(request, wrong=f"{refused.says}.")
    return redirect(f"/desk/research/{request.path_id()}?review={review_id}", 303)


def _back(request: WebRequest) -> Response:
    return redirect(f"/desk/research/{request.path_id()}", 303)


async def _list(
    request: WebRequest, *, wrong: str = "", title: str = "", words: str = ""
) -> Response:
    are_closed = request.text("show") == "over"
    return page(
        request,
        "desk/research_list.html",
        status=422 if wrong else 200,
        lines=await research_list(
            request.ctx, viewer_id=request.my_account_id, are_closed=are_closed
        ),
        are_closed=are_closed,
        title=title,
        words=words,
        wrong=wrong,
    )


async def _one(request: WebRequest, *, wrong: str = "") -> Response:
    found = await workspace(
        request.ctx,
        viewer_id=request.my_account_id,
        case_id=request.path_id(),
        server=request.line("server", 255),
    )
    return page(
        request,
        "desk/research_one.html",
        status=422 if wrong else 200,
        found=found,
        case=found.case,
        servers=[(one.subject, one.subject) for one in found.watches if one.kind == "server"],
        ways=WAYS,
        review_id=id_of(request.params.get("review")),
        may_review=request.me.may(Permission.REVIEW_SERVERS | Permission.MANAGE_FEDERATION),
        wrong=wrong,
    )
