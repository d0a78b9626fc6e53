"""/settings/delete: leave for good."""

from watertower.accounts.actions.delete_member import delete_member
from watertower.accounts.errors import WrongPassword
from watertower.base.errors import TooMany
from watertower.base.web import Response
from watertower.web.cookies import SESSION, forgotten
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_delete(request: WebRequest) -> Response:
    """What it means, and the form."""
    return page(request, "settings_delete.html", wrong="", username=request.login.username)


async def post_delete(request: WebRequest) -> Response:
    """Delete the account of who is signed in, if the password is right."""
    username = request.login.username
    try:
        await delete_member(
            request.ctx, login_id=request.login.id, password=request.secret("password")
        )
    except (WrongPassword, TooMany) as refused:
        return page(
            request,
            "settings_delete.html",
            status=422,
            wrong=f"{refused.says}.",
            username=username,
        )
    request.signed_in = request.viewer = request.session_token = None
    request.new_cookies.append(forgotten(request.ctx.settings, SESSION))
    return page(request, "settings_deleted.html", username=username)
