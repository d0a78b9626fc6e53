"""GET /auth/waiting: signed in, but not let in: what is missing, and what can be done about it."""

from watertower.accounts.actions.addresses import resend_confirmation
from watertower.base.errors import Invalid, NotSignedIn
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.problems import problems_of
from watertower.web.request import WebRequest


async def get_waiting(request: WebRequest) -> Response:
    """The page that says why; the front page for those who wait for nothing."""
    return _page(request)


async def post_waiting(request: WebRequest) -> Response:
    """Send the confirmation link again, to another address if one was typed."""
    email = request.line("email", 300)
    try:
        await resend_confirmation(request.ctx, login_id=request.login.id, email=email or None)
    except Invalid as refused:
        return _page(request, wrong=problems_of(refused).get("email") or refused.says)
    return redirect("/auth/waiting?sent=1", 303)


def _page(request: WebRequest, *, wrong: str | None = None) -> Response:
    if request.signed_in is None:
        raise NotSignedIn
    login = request.login
    if login.may_be_used:
        return redirect("/")
    return page(
        request,
        "waiting.html",
        status=422 if wrong else 200,
        login=login,
        email=login.unconfirmed_email or login.email,
        was_sent=request.is_on("sent"),
        wrong=wrong,
    )
