"""From the session cookie to who is asking, and from a sign-in to the cookie."""

from watertower.accounts.actions.sessions import SignedInAs
from watertower.accounts.actions.sign_in import SignedIn
from watertower.accounts.credentials import Login
from watertower.accounts.model import Viewer
from watertower.base.web import Response, redirect
from watertower.web.cookies import PENDING, SESSION, cookie, forgotten
from watertower.web.request import WebRequest

# The cookie outlives the session it names, which the room lets live on with every visit.
COOKIE_SECONDS = 400 * 86_400


def viewer_behind(signed_in: SignedInAs) -> Viewer | None:
    """The viewer of pages; None while the login may not be used (see waiting.py).

    Who is frozen has no role while that lasts, and may do what the table of pages says.
    """
    login = signed_in.login
    if not login.may_be_used:
        return None
    return Viewer(
        token_id=0,  # a browser has no token; pages ask for no scopes
        application_id=0,
        scopes=frozenset(),
        login_id=login.id,
        account_id=login.account_id,
        username=login.username,
        is_frozen=login.is_frozen,
        permissions=0 if login.is_frozen else signed_in.permissions,
        locale=login.locale,
    )


def begin_session(request: WebRequest, signed_in: SignedIn, *, then: str) -> Response:
    """Give the browser its cookie and lead on; who is not let in yet, or frozen, sees why."""
    settings = request.ctx.settings
    response = redirect(_destination(signed_in.login, then), 303)
    response.cookies += [
        cookie(settings, SESSION, signed_in.session_token, max_age_seconds=COOKIE_SECONDS),
        forgotten(settings, PENDING),
    ]
    return response


def _destination(login: Login, then: str) -> str:
    if not login.may_be_used:
        return "/auth/waiting"
    # An app that waits for its answer is answered first: its requests say what is the matter.
    if login.is_frozen and not then.startswith(("/oauth/authorize?", "/account/frozen")):
        return "/account/frozen"
    return then
