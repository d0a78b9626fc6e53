"""GET and POST /auth/sign_in: name or address and password; /auth/sign_in/code: the second step."""

from urllib.parse import quote

from watertower.accounts.actions.sessions import sign_out
from watertower.accounts.actions.sign_in import SecondFactorNeeded, finish_sign_in, sign_in
from watertower.accounts.errors import WrongCode, WrongPassword
from watertower.base.errors import TooMany
from watertower.base.web import Response, redirect
from watertower.web.cookies import PENDING, cookie, cookie_name, forgotten
from watertower.web.pages import page
from watertower.web.paths import local_path
from watertower.web.request import WebRequest
from watertower.web.sign_in.session import begin_session

PENDING_SECONDS = 300
NOTES = {
    "confirmed": "Your e-mail address is confirmed. You can sign in now.",
    "reset": "Your password is changed. Please sign in with the new one.",
    "sent": "If an account has this address, a mail with a link is on its way.",
    "out": "You are signed out.",
}


async def get_sign_in(request: WebRequest) -> Response:
    """The form; who is signed in already goes on, unless an app asks for a fresh sign-in."""
    then = local_path(request.text("next"))
    if request.signed_in is not None and not request.is_on("again"):
        return redirect(then)
    return _form(request, then)


async def post_sign_in(request: WebRequest) -> Response:
    """Check name and password. A refusal does not tell which of them was wrong."""
    then = local_path(request.text("next"))
    try:
        outcome = await sign_in(
            request.ctx,
            email_or_name=request.line("username", 300),
            password=request.secret("password"),
            ip=request.ip,
            user_agent=request.user_agent,
        )
    except (WrongPassword, TooMany) as refused:
        return _form(request, then, wrong=refused.says, status=_status(refused))
    if isinstance(outcome, SecondFactorNeeded):
        response = redirect(f"/auth/sign_in/code?next={quote(then, safe='/')}", 303)
        settings = request.ctx.settings
        response.cookies.append(
            cookie(settings, PENDING, outcome.ticket, max_age_seconds=PENDING_SECONDS)
        )
        return response
    await _end_former(request)
    return begin_session(request, outcome, then=then)


async def get_code(request: WebRequest) -> Response:
    """The form for the second step."""
    if not _ticket(request):
        return redirect("/auth/sign_in")
    return _code_form(request, local_path(request.text("next")))


async def post_code(request: WebRequest) -> Response:
    """Check the code of the authenticator app, or a recovery code."""
    then = local_path(request.text("next"))
    try:
        outcome = await finish_sign_in(
            request.ctx,
            ticket=_ticket(request),
            code=request.line("code", 64),
            ip=request.ip,
            user_agent=request.user_agent,
        )
    except (WrongCode, TooMany) as refused:
        return _code_form(request, then, wrong=refused.says, status=_status(refused))
    except WrongPassword as refused:
        response = _form(request, then, wrong=refused.says, status=422)
        response.cookies.append(forgotten(request.ctx.settings, PENDING))
        return response
    await _end_former(request)
    return begin_session(request, outcome, then=then)


def _form(
    request: WebRequest, then: str, *, wrong: str | None = None, status: int = 200
) -> Response:
    return page(
        request,
        "sign_in.html",
        status=status,
        then=then,
        wrong=wrong,
        note=NOTES.get(request.text("note")),
        username=request.line("username", 300),
    )


def _code_form(
    request: WebRequest, then: str, *, wrong: str | None = None, status: int = 200
) -> Response:
    return page(request, "sign_in_code.html", status=status, then=then, wrong=wrong)


def _status(refused: WrongPassword | WrongCode | TooMany) -> int:
    return 429 if isinstance(refused, TooMany) else 422


def _ticket(request: WebRequest) -> str:
    return request.cookies.get(cookie_name(request.ctx.settings, PENDING), "")


async def _end_former(request: WebRequest) -> None:
    """A browser that signs in anew leaves no session behind."""
    if request.session_token is not None:
        await sign_out(request.ctx, token=request.session_token)
