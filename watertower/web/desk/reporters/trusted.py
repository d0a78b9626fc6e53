"""/desk/reporters: members whose reports help, and their direct line."""

from watertower.base.errors import NotFound
from watertower.base.web import Response, redirect
from watertower.moderation.access.reporters import reporters_desk
from watertower.moderation.actions.reporters.choose import (
    choose,
    end_reporter,
    judge,
    keep_reporter,
    pause_reporter,
)
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_reporters(request: WebRequest) -> Response:
    """Candidates, trusted reporters, and the newest calls."""
    return page(
        request,
        "desk/reporters.html",
        desk=await reporters_desk(request.ctx, viewer_id=request.my_account_id),
        me=request.my_account_id,
    )


async def post_reporter(request: WebRequest) -> Response:
    """Choose, pause, keep or end."""
    account_id, do, me = request.path_id(), request.text("do"), request.my_account_id
    words = request.text("words", 1000)
    if do == "choose":
        await choose(request.ctx, actor_id=me, account_id=account_id, because=words)
    elif do == "pause":
        await pause_reporter(request.ctx, actor_id=me, account_id=account_id)
    elif do == "keep":
        await keep_reporter(request.ctx, actor_id=me, account_id=account_id, words=words)
    elif do == "end":
        await end_reporter(request.ctx, actor_id=me, account_id=account_id, reason=words)
    else:
        raise NotFound
    return redirect("/desk/reporters", 303)


async def post_call_judged(request: WebRequest) -> Response:
    """Say whether a call was worth it."""
    await judge(
        request.ctx,
        actor_id=request.my_account_id,
        report_id=request.path_id(),
        was_founded=request.text("was_founded") == "yes",
    )
    return redirect("/desk/reporters", 303)
