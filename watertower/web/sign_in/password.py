"""/auth/password: a forgotten password, from "send me a link" to the new one."""

from watertower.accounts.actions.passwords import (
    is_reset_link_good,
    request_reset,
    set_new_password,
)
from watertower.accounts.errors import LinkExpired
from watertower.base.errors import Invalid
from watertower.base.web import Response, redirect
from watertower.web.cookies import SESSION, forgotten
from watertower.web.pages import page
from watertower.web.problems import said
from watertower.web.request import WebRequest


async def get_new_password(request: WebRequest) -> Response:
    """The form that asks for a link."""
    return page(request, "password_new.html", wrong=None)


async def post_password(request: WebRequest) -> Response:
    """Send a link. The answer is the same whether somebody has this address."""
    await request_reset(request.ctx, email=request.line("email", 300), ip=request.ip)
    return redirect("/auth/sign_in?note=sent", 303)


async def get_edit_password(request: WebRequest) -> Response:
    """The form behind the link."""
    token = request.text("reset_password_token", 200)
    if not await is_reset_link_good(request.ctx, token=token):
        return _expired(request)
    return page(request, "password_edit.html", token=token, wrong=None)


async def post_edit_password(request: WebRequest) -> Response:
    """Set the new password; everybody who was signed in has to sign in again."""
    token = request.text("reset_password_token", 200)
    password = request.secret("password")
    wrong = None
    if password != request.secret("password_again"):
        wrong = "The two passwords differ."
    else:
        try:
            await set_new_password(request.ctx, token=token, password=password)
        except LinkExpired:
            return _expired(request)
        except Invalid as refused:
            wrong = said(refused)
    if wrong:
        return page(request, "password_edit.html", status=422, token=token, wrong=wrong)
    response = redirect("/auth/sign_in?note=reset", 303)
    response.cookies.append(forgotten(request.ctx.settings, SESSION))
    return response


def _expired(request: WebRequest) -> Response:
    says = "This link is no longer valid. You can ask for a new one."
    return page(request, "password_new.html", status=404, wrong=says)
