"""/desk/webhooks: addresses elsewhere that hear of events."""

from watertower.base.errors import Refused
from watertower.base.web import Response, redirect
from watertower.moderation.actions.webhooks.keep import (
    change_webhook,
    create_webhook,
    remove_webhook,
    webhook,
    webhooks,
)
from watertower.moderation.model.webhooks import EVENTS, LONGEST_URL, may_choose
from watertower.web.pages import page
from watertower.web.request import WebRequest

NOTES = {"made": "Made.", "changed": "Changed.", "removed": "Removed."}


async def get_webhooks(request: WebRequest) -> Response:
    """All of them, and the form for a new one."""
    return await _list(request)


async def post_webhook(request: WebRequest) -> Response:
    """Make one."""
    try:
        made = await create_webhook(
            request.ctx,
            actor=request.me,
            url=request.line("url", LONGEST_URL),
            events=_chosen(request),
        )
    except Refused as refused:
        return await _list(request, wrong=refused.says)
    return redirect(f"/desk/webhooks/{made}?note=made", 303)


async def get_webhook(request: WebRequest) -> Response:
    """One, with its secret and what was sent."""
    return await _one(request)


async def post_change(request: WebRequest) -> Response:
    """Another address, other events, off or on."""
    try:
        await change_webhook(
            request.ctx,
            actor=request.me,
            webhook_id=request.path_id(),
            url=request.line("url", LONGEST_URL),
            events=_chosen(request),
            is_enabled=request.is_on("enabled"),
        )
    except Refused as refused:
        return await _one(request, wrong=refused.says)
    return redirect(f"/desk/webhooks/{request.path_id()}?note=changed", 303)


async def post_rotate(request: WebRequest) -> Response:
    """Give it another secret."""
    await change_webhook(
        request.ctx,
        actor=request.me,
        webhook_id=request.path_id(),
        has_new_secret=True,
    )
    return redirect(f"/desk/webhooks/{request.path_id()}?note=changed", 303)


async def post_remove(request: WebRequest) -> Response:
    """Remove it."""
    await remove_webhook(request.ctx, actor_id=request.my_account_id, webhook_id=request.path_id())
    return redirect("/desk/webhooks?note=removed", 303)


def _chosen(request: WebRequest) -> list[str]:
    return [event for event in EVENTS if request.is_on(f"event_{event.replace('.', '_')}")]


async def _list(request: WebRequest, *, wrong: str = "") -> Response:
    return page(
        request,
        "desk/webhooks.html",
        status=422 if wrong else 200,
        wrong=wrong,
        note=NOTES.get(request.text("note", 20), ""),
        webhooks=await webhooks(request.ctx),
        events={one: words for one, words in EVENTS.items() if may_choose(request.me, one)},
        chosen=_chosen(request),
        url=request.line("url", LONGEST_URL),
    )


async def _one(request: WebRequest, *, wrong: str = "") -> Response:
    found, secret, sent = await webhook(
        request.ctx, actor_id=request.my_account_id, webhook_id=request.path_id()
    )
    return page(
        request,
        "desk/webhook.html",
        status=422 if wrong else 200,
        wrong=wrong,
        note=NOTES.get(request.text("note", 20), ""),
        webhook=found,
        secret=secret,
        sent=sent,
        events={one: words for one, words in EVENTS.items() if may_choose(request.me, one)},
        chosen=_chosen(request) if wrong else found.events,
    )
