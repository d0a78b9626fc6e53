"""/account/frozen: what happened to a frozen member, what is asked, how far it is, and the team.

Everything here works without a script and may be sent twice. Apps show the address of this page
in every refusal.
"""

import secrets
from collections.abc import Awaitable

from watertower.accounts.model import Viewer
from watertower.base.errors import Conflict, Invalid, NotFound, Refused, TooMany
from watertower.base.web import Response, redirect
from watertower.moderation.access.freeze import WholeFreeze, own_freeze
from watertower.moderation.actions.freeze.answer import answer
from watertower.moderation.actions.freeze.extend import take_more_time
from watertower.moderation.actions.freeze.finish_task import finish_task
from watertower.moderation.actions.freeze.submit import submit
from watertower.moderation.errors.freeze import FreezeNotFound
from watertower.moderation.model.freeze import (
    MOST_EXTENSIONS,
    TASK_WORDS,
    THEIRS,
    State,
    Submission,
    TaskKind,
)
from watertower.statuses.access.statuses import lines_for
from watertower.statuses.actions.delete_status import delete_status
from watertower.statuses.errors import StatusNotFound
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.views.deadline import deadline_view
from watertower.web.views.status import status_views

PATH = "/account/frozen"
MOST_TYPED = 20_000  # characters read of a message
NOTES = {
    "read": "The team knows that you have read it.",
    "said": "Your message is with the team.",
    "done": "Ticked.",
    "deleted": "The post is deleted.",
    "submitted": "The team will look at it within 72 hours.",
    "more": "You have a week more.",
}


async def get_frozen(request: WebRequest) -> Response:
    """The page; who is not frozen goes on to the front page."""
    return await _page(request)


async def post_answer(request: WebRequest) -> Response:
    """Say something to the team, or only that one has read it."""
    text = request.text("text", MOST_TYPED)
    return await _after(
        request,
        answer(
            request.ctx,
            account_id=request.my_account_id,
            text=text,
            once_key=request.text("key", 64) or None,
        ),
        note="said" if text.strip() else "read",
    )


async def post_task(request: WebRequest) -> Response:
    """A task is done."""
    return await _after(
        request,
        finish_task(
            request.ctx,
            account_id=request.my_account_id,
            task_id=request.path_id(),
            statement=request.text("statement"),
        ),
        note="done",
    )


async def post_delete(request: WebRequest) -> Response:
    """Delete a post that one was asked to delete. Any other one is deleted with an app."""
    status_id = request.path_id()
    whole = await own_freeze(request.ctx, account_id=request.my_account_id)
    named = {task.status_id for task in whole.tasks if task.kind is TaskKind.DELETE_STATUS}
    if status_id not in named:
        raise NotFound
    return await _after(request, _delete(request, status_id), note="deleted")


async def post_submit(request: WebRequest) -> Response:
    """Everything is done, or it is a mistake."""
    said_as = Submission.ERROR if request.text("as") == "error" else Submission.DONE
    return await _after(
        request,
        submit(
            request.ctx,
            account_id=request.my_account_id,
            said_as=said_as,
            statement=request.text("statement", MOST_TYPED),
        ),
        note="submitted",
    )


async def post_more_time(request: WebRequest) -> Response:
    """A week more."""
    return await _after(
        request,
        take_more_time(
            request.ctx, account_id=request.my_account_id, reason=request.text("reason")
        ),
        note="more",
    )


async def _delete(request: WebRequest, status_id: int) -> None:
    try:
        await delete_status(
            request.ctx, actor_id=request.my_account_id, status_id=status_id, deletes_media=True
        )
    except StatusNotFound:
        return  # it was gone before


async def _after(request: WebRequest, doing: Awaitable[None], *, note: str) -> Response:
    """Do it and show the page anew; what is refused is said on it."""
    try:
        await doing
    except (Invalid, Conflict, TooMany) as refused:
        return await _page(request, wrong=refused)
    return redirect(f"{PATH}?note={note}", 303)


async def _page(request: WebRequest, *, wrong: Refused | None = None) -> Response:
    if not request.me.is_frozen:
        return redirect("/")
    try:
        whole = await own_freeze(request.ctx, account_id=request.my_account_id)
    except FreezeNotFound:
        return page(request, "frozen_bare.html")
    freeze = whole.freeze
    return page(
        request,
        "frozen.html",
        status=422 if wrong else 200,
        whole=whole,
        freeze=freeze,
        words=TASK_WORDS,
        posts=await _posts(request, whole, request.me),
        deadlines=[
            deadline_view("Answer by", freeze.begun_at, freeze.respond_by, request.ctx.now())
            if freeze.state is State.AWAITING_RESPONSE
            else None,
            deadline_view("Done by", freeze.begun_at, freeze.complete_by, request.ctx.now())
            if freeze.state in THEIRS
            else None,
        ],
        has_clock=freeze.clock_due_at is not None or freeze.is_escalated,
        is_theirs=freeze.state in THEIRS,
        may_extend=freeze.extensions < MOST_EXTENSIONS and freeze.state in THEIRS,
        key=request.text("key", 64) or secrets.token_urlsafe(18),
        typed=request.text("text", MOST_TYPED) or request.text("statement", MOST_TYPED),
        wrong=wrong.says if wrong else "",
        note=NOTES.get(request.text("note")),
    )


async def _posts(request: WebRequest, whole: WholeFreeze, viewer: Viewer) -> dict[int, object]:
    """The posts it is about that are still there, by id."""
    ids = whole.status_ids
    lines = await lines_for(request.ctx, viewer=viewer, status_ids=ids) if ids else []
    return {view.sort: view for view in await status_views(request.ctx, lines)}
