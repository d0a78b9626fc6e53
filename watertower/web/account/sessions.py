"""/auth/sessions: the browsers one is signed in with."""

from watertower.accounts.actions.sessions import (
    list_sessions,
    revoke_other_sessions,
    revoke_session,
)
from watertower.base.errors import NotSignedIn
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.views.browser import browser_words


async def get_sessions(request: WebRequest) -> Response:
    """All of them, this one marked."""
    if request.signed_in is None:
        raise NotSignedIn
    found = await list_sessions(request.ctx, login_id=request.login.id)
    return page(
        request,
        "sessions.html",
        current_id=request.signed_in.session.id,
        sessions=[(session, browser_words(session.user_agent)) for session in found],
    )


async def post_revoke(request: WebRequest) -> Response:
    """Sign one of them out."""
    session_id = request.path_id()
    await revoke_session(request.ctx, login_id=request.login.id, session_id=session_id)
    return redirect("/auth/sessions", 303)


async def post_revoke_others(request: WebRequest) -> Response:
    """Sign all the others out."""
    if request.signed_in is None:
        raise NotSignedIn
    await revoke_other_sessions(
        request.ctx, login_id=request.login.id, keep_session_id=request.signed_in.session.id
    )
    return redirect("/auth/sessions", 303)
