"""/desk/cases/new: a case of one's own, from research, or about a pattern."""

from watertower.base.errors import Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.people import account_named
from watertower.moderation.actions.cases.research import research
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

FIELDS = ("kind", "title", "words", "handle", "domain", "posts", "people")


async def get_new(request: WebRequest) -> Response:
    """The form."""
    return _page(request)


async def post_new(request: WebRequest) -> Response:
    """Open it."""
    handle = request.line("handle", 300)
    account = await account_named(request.ctx, handle=handle) if handle else None
    if handle and account is None:
        return _page(request, "We know no account of that name.")
    people = []
    for one in request.text("people", 2000).split():
        found = await account_named(request.ctx, handle=one)
        if found is None:
            return _page(request, f"We know no account named {one}.")
        people.append(found.id)
    try:
        case_id = await research(
            request.ctx,
            actor_id=request.my_account_id,
            kind=request.text("kind", 20),
            title=request.line("title", 200),
            words=request.text("words", 10_000),
            target_account_id=account.id if account else None,
            target_domain=request.line("domain", 255).lower() or None,
            status_ids=[
                number
                for one in request.text("posts", 5000).split()
                if (number := id_of(one.rstrip("/").rpartition("/")[2])) is not None
            ],
            people=people[:20],
        )
    except Refused as refused:
        return _page(request, f"{refused.says.rstrip('.')}.")
    return redirect(f"/desk/cases/{case_id}", 303)


def _page(request: WebRequest, wrong: str = "") -> Response:
    return page(
        request,
        "desk/cases_new.html",
        status=422 if wrong else 200,
        wrong=wrong,
        typed={name: request.text(name) for name in FIELDS},
    )
