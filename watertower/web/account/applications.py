"""/oauth/authorized_applications: the apps that may act for one."""

from watertower.accounts.actions.tokens import authorized_apps, revoke_app
from watertower.base.errors import Forbidden
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.sign_in.scope_words import words_of


async def get_applications(request: WebRequest) -> Response:
    """The apps, and what each may do."""
    found = await authorized_apps(request.ctx, login_id=request.login.id)
    apps = [(app, words_of(app.scopes)) for app in found]
    return page(request, "applications.html", apps=apps)


async def get_all_applications(request: WebRequest) -> Response:
    """Nobody administers apps here: refused, as Mastodon does."""
    del request
    raise Forbidden


async def delete_application(request: WebRequest) -> Response:
    """The same as the button, for programs that send DELETE."""
    return await post_revoke(request)


async def post_revoke(request: WebRequest) -> Response:
    """Let an app act no more."""
    await revoke_app(request.ctx, login_id=request.login.id, application_id=request.path_id())
    return redirect("/oauth/authorized_applications", 303)
