"""/auth/edit: one's address and password. /.well-known/change-password leads here."""

from watertower.accounts.actions.addresses import change_address
from watertower.accounts.actions.passwords import change_password
from watertower.accounts.errors import WrongPassword
from watertower.base.errors import Invalid, TooMany
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.problems import problems_of, said
from watertower.web.request import WebRequest

NOTES = {
    "email": "Please open the link in the mail we sent to the new address.",
    "email_changed": "Your address is changed.",
    "password": "Your password is changed. Other browsers were signed out.",
}


async def get_edit(request: WebRequest) -> Response:
    """Both forms."""
    return _page(request)


async def post_email(request: WebRequest) -> Response:
    """Ask for another address; it counts once the link sent to it was opened."""
    email = request.line("email", 300)
    try:
        await change_address(
            request.ctx,
            login_id=request.login.id,
            email=email,
            password=request.secret("email_password"),
        )
    except Invalid as refused:
        return _page(request, {"email": problems_of(refused).get("email") or refused.says})
    except (WrongPassword, TooMany) as refused:
        return _page(request, {"email_password": f"{refused.says}."})
    note = "email_changed" if request.ctx.settings.is_development else "email"
    return redirect(f"/auth/edit?note={note}", 303)


async def post_password(request: WebRequest) -> Response:
    """Change the password; this browser stays signed in, others do not."""
    new = request.secret("password")
    if new != request.secret("password_again"):
        return _page(request, {"password_again": "The two passwords differ."})
    signed_in = request.signed_in
    try:
        await change_password(
            request.ctx,
            login_id=request.login.id,
            current=request.secret("current_password"),
            new=new,
            keep_session_id=signed_in.session.id if signed_in else None,
        )
    except Invalid as refused:
        return _page(request, {"password": said(refused)})
    except (WrongPassword, TooMany) as refused:
        return _page(request, {"current_password": f"{refused.says}."})
    return redirect("/auth/edit?note=password", 303)


async def get_change_password(request: WebRequest) -> Response:
    """Where password managers look (W3C change-password URL)."""
    del request
    return redirect("/auth/edit")


def _page(request: WebRequest, problems: dict[str, str] | None = None) -> Response:
    return page(
        request,
        "account_edit.html",
        status=422 if problems else 200,
        login=request.login,
        problems=problems or {},
        email=request.line("email", 300) or request.login.email,
        note=NOTES.get(request.text("note")),
    )
