"""GET and POST /auth/sign_out."""

from watertower.accounts.actions.sessions import sign_out
from watertower.base.web import Response, redirect
from watertower.web.cookies import SESSION, forgotten
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_sign_out(request: WebRequest) -> Response:
    """Ask first: a mere link must not sign anybody out."""
    if request.signed_in is None:
        return redirect("/auth/sign_in")
    return page(request, "sign_out.html")


async def post_sign_out(request: WebRequest) -> Response:
    """End this browser's session."""
    if request.session_token is not None:
        await sign_out(request.ctx, token=request.session_token)
    response = redirect("/auth/sign_in?note=out", 303)
    response.cookies.append(forgotten(request.ctx.settings, SESSION))
    return response
