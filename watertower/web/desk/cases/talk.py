"""What is said about a case, in one of its threads; and the words that are used again."""

from watertower.accounts.model import Permission
from watertower.base.errors import Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.conversation import thread_for
from watertower.moderation.access.templates import templates_for
from watertower.moderation.actions.conversation.answer import settle_thread
from watertower.moderation.actions.conversation.keep_template import (
    keep_template,
    remove_template,
)
from watertower.moderation.actions.conversation.write import reply, write
from watertower.moderation.errors.cases import MayOnlyAnalyse
from watertower.web.desk.cases.shown import after
from watertower.web.desk.cases.words import OUTCOMES
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

LONG = 20_000


async def post_message(request: WebRequest) -> Response:
    """Begin a thread, or go on in the team's own. Trainees speak to the team only."""
    if request.text("thread", 20) != "team":
        require_decider(request)
    doing = write(
        request.ctx,
        actor_id=request.my_account_id,
        case_id=request.path_id(),
        thread=request.text("thread", 20),
        text=request.text("text", LONG),
        with_account_id=id_of(request.params.get("with")),
        with_address=request.line("address", 300) or None,
        risk_words=request.text("risk_words", 1000),
        template_id=id_of(request.params.get("template")),
    )
    return await after(request, doing, "said")


async def post_reply(request: WebRequest) -> Response:
    """Go on in a thread; trainees in the team's own."""
    thread = await thread_for(request.ctx, thread_id=request.path_id("thread"))
    if thread.thread != "team":
        require_decider(request)
    doing = reply(
        request.ctx,
        actor_id=request.my_account_id,
        thread_id=request.path_id("thread"),
        text=request.text("text", LONG),
    )
    return await after(request, doing, "said")


async def post_settle(request: WebRequest) -> Response:
    """Mute or close a thread, or take that back."""
    doing = settle_thread(
        request.ctx,
        actor_id=request.my_account_id,
        thread_id=request.path_id("thread"),
        is_muted=request.is_on("is_muted"),
        is_closed=request.is_on("is_closed"),
    )
    return await after(request, doing, "kept")


async def get_templates(request: WebRequest) -> Response:
    """All templates, and a form for one more."""
    return await _page(request)


async def post_template(request: WebRequest) -> Response:
    """Keep a template."""
    try:
        await keep_template(
            request.ctx,
            actor_id=request.my_account_id,
            name=request.line("name", 100),
            text=request.text("text"),
            action=request.line("action", 40),
            rule_id=id_of(request.params.get("rule")),
            language=request.line("language", 12) or "en",
        )
    except Refused as refused:
        return await _page(request, wrong=f"{refused.says}.")
    return redirect("/desk/templates", 303)


def require_decider(request: WebRequest) -> None:
    """To others only those speak who may decide."""
    if not request.me.may(Permission.DECIDE_CASES):
        raise MayOnlyAnalyse


async def post_remove_template(request: WebRequest) -> Response:
    """Remove one."""
    await remove_template(
        request.ctx, actor_id=request.my_account_id, template_id=request.path_id()
    )
    return redirect("/desk/templates", 303)


async def _page(request: WebRequest, wrong: str = "") -> Response:
    return page(
        request,
        "desk/cases_templates.html",
        status=422 if wrong else 200,
        templates=await templates_for(request.ctx),
        rules=request.site.rules,
        actions={**OUTCOMES, "question": "Question to a reporter", "closed": "Closing"},
        wrong=wrong,
        typed={name: request.text(name) for name in ("name", "text", "language")},
    )
