"""/desk/practice: closed cases without people, to think about in writing before one may act."""

from watertower.base.errors import Invalid, NotFound
from watertower.base.ids import MAX_ID
from watertower.base.paging import Page
from watertower.base.web import Response, redirect
from watertower.moderation.access.practice import practice_desk, ticket_for
from watertower.moderation.actions.practice.make_ticket import make_ticket
from watertower.moderation.actions.practice.practise import analyse, give_feedback
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

SHOWN = 40
PARTS = (
    ("situation", "How I understand it", "What happened, to whom, and what I do not know."),
    ("would_do", "What I would do", "And how it would be undone."),
    ("would_not_do", "What I would not do", ""),
    ("why", "Why", "Rules, the covenant, what helps the people concerned."),
)


async def get_practice(request: WebRequest) -> Response:
    """The tickets, newest first."""
    stay, found = await practice_desk(
        request.ctx,
        viewer_id=request.my_account_id,
        page=Page(SHOWN + 1, before_id=id_of(request.params.get("max_id")) or MAX_ID),
    )
    return page(
        request,
        "desk/practice.html",
        stay=stay,
        tickets=found[:SHOWN],
        next_id=found[SHOWN - 1]["id"] if len(found) > SHOWN else None,
    )


async def post_practice(request: WebRequest) -> Response:
    """Copy a closed case."""
    case_id = id_of(request.line("case_id").lstrip("#"))
    if case_id is None:
        raise NotFound
    ticket_id = await make_ticket(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=case_id,
        title=request.line("title", 200),
        lesson=request.text("lesson", 4000),
    )
    return redirect(f"/desk/practice/{ticket_id}", 303)


async def get_ticket(request: WebRequest) -> Response:
    """One ticket; what others wrote and what was done only after one's own analysis."""
    return await _ticket(request)


async def post_analysis(request: WebRequest) -> Response:
    """Write one's analysis."""
    typed = {name: request.text(name) for name, _, _ in PARTS}
    try:
        await analyse(
            request.ctx, author_id=request.my_account_id, ticket_id=request.path_id(), **typed
        )
    except Invalid as refused:
        return await _ticket(request, typed=typed, wrong=refused.says)
    return redirect(f"/desk/practice/{request.path_id()}", 303)


async def post_feedback(request: WebRequest) -> Response:
    """Say something to somebody's analysis."""
    analysis_id = id_of(request.params.get("analysis_id"))
    if analysis_id is None:
        raise NotFound
    await give_feedback(
        request.ctx,
        author_id=request.my_account_id,
        analysis_id=analysis_id,
        text=request.text("text"),
    )
    return redirect(f"/desk/practice/{request.path_id()}", 303)


async def _ticket(
    request: WebRequest, typed: dict[str, str] | None = None, wrong: str = ""
) -> Response:
    return page(
        request,
        "desk/practice_ticket.html",
        status=422 if wrong else 200,
        ticket=await ticket_for(
            request.ctx, viewer_id=request.my_account_id, ticket_id=request.path_id()
        ),
        parts=PARTS,
        typed=typed or {},
        wrong=wrong,
        me=request.my_account_id,
    )
