"""GET /auth/confirmation: the link in the mail; /auth/confirmation/new: ask for another one.

Addresses are as Mastodon has them, because mails and apps hold them.
"""

from watertower.accounts.actions.addresses import confirm_email, resend_confirmation_to
from watertower.accounts.errors import LinkExpired
from watertower.base.errors import Invalid
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.problems import said
from watertower.web.request import WebRequest


async def get_confirmation(request: WebRequest) -> Response:
    """Confirm the address; then sign in, or go on where one is signed in."""
    try:
        await confirm_email(request.ctx, token=request.text("confirmation_token", 200))
    except LinkExpired as refused:
        return _form(request, wrong=f"{refused.says}. You can ask for a new one.", status=404)
    except Invalid as refused:
        return _form(request, wrong=said(refused), status=422)
    if request.signed_in is not None:
        return redirect("/auth/waiting")
    return redirect("/auth/sign_in?note=confirmed")


async def get_new_confirmation(request: WebRequest) -> Response:
    """The form that asks for another link."""
    return _form(request)


async def post_confirmation(request: WebRequest) -> Response:
    """Send another link. The answer is the same whether somebody has this address."""
    await resend_confirmation_to(request.ctx, email=request.line("email", 300), ip=request.ip)
    return redirect("/auth/sign_in?note=sent", 303)


def _form(request: WebRequest, *, wrong: str | None = None, status: int = 200) -> Response:
    return page(request, "confirmation_new.html", status=status, wrong=wrong)
