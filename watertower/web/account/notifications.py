"""/settings/notifications: which notifications come by mail; /unsubscribe: fewer of them."""

from watertower.accounts.access.people import preferences_of
from watertower.accounts.actions.choose_mails import choose_mails, kind_of_ticket, unsubscribe
from watertower.accounts.mail_kinds import MAIL_KINDS, wants_mail
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.request import WebRequest

WORDS = {
    "mention": "Somebody mentions me",
    "quote": "Somebody quotes me",
    "follow": "Somebody follows me",
    "follow_request": "Somebody asks to follow me",
    "favourite": "Somebody likes my post",
    "reblog": "Somebody boosts my post",
}
ABOUT = {
    "mention": "mentions",
    "quote": "quotes",
    "follow": "new followers",
    "follow_request": "follow requests",
    "favourite": "favourites",
    "reblog": "boosts",
}


async def get_notifications(request: WebRequest) -> Response:
    """The form, as things are."""
    preferences = await preferences_of(request.ctx, account_id=request.my_account_id)
    return page(
        request,
        "settings_notifications.html",
        kinds=[(kind, WORDS[kind], wants_mail(preferences, kind)) for kind in MAIL_KINDS],
        always=preferences.always_mails,
        email=request.login.email,
        is_saved=request.text("note") == "saved",
    )


async def post_notifications(request: WebRequest) -> Response:
    """Choose."""
    await choose_mails(
        request.ctx,
        account_id=request.my_account_id,
        chosen={kind: request.is_on(kind) for kind in MAIL_KINDS},
        always=request.is_on("always_mails"),
    )
    return redirect("/settings/notifications?note=saved", 303)


async def get_unsubscribe(request: WebRequest) -> Response:
    """The link in a mail. Asks first: mail programs open links to look at them."""
    ticket = request.text("token", 500)
    kind = kind_of_ticket(request.ctx, ticket=ticket)
    return page(request, "unsubscribe.html", about=ABOUT[kind], token=ticket, is_done=False)


async def post_unsubscribe(request: WebRequest) -> Response:
    """Our button, or the mail program's own (RFC 8058); the token is the proof."""
    ticket = request.text("token", 500)
    kind = await unsubscribe(request.ctx, ticket=ticket)
    return page(request, "unsubscribe.html", about=ABOUT[kind], token=ticket, is_done=True)
