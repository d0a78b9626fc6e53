"""/oauth/authorize: an app asks, a member says yes or no (RFC 6749 section 4.1).

A request that is wrong is shown to the member and not sent back to the app: a link through this
page must never lead anywhere that nobody agreed to (RFC 9700 section 4.11.2).
"""

from urllib.parse import quote, urlencode

from watertower.accounts.actions.authorize_app import (
    Asked,
    application_for,
    deny,
    grant,
    refusal_location,
    yes_location,
)
from watertower.accounts.oauth_errors import OAuthRefused
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.sign_in.scope_words import words_of
from watertower.web.sign_in.show import sign_in_path
from watertower.web.views.member import member_view

PARAMETERS = (
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
)


async def get_authorize(request: WebRequest) -> Response:
    """Who asks, and for what. Signs in first where needed."""
    try:
        asked = await _asked(request)
    except OAuthRefused as refused:
        return _refused(request, refused)
    if request.signed_in is None or request.is_on("force_login"):
        return _to_sign_in(request)
    if request.viewer is None:
        return redirect("/auth/waiting")
    return page(
        request,
        "authorize.html",
        form_target=None if asked.is_out_of_band else asked.redirect_uri,
        app=asked.application,
        scopes=words_of(asked.scopes),
        me=await member_view(request),
        is_out_of_band=asked.is_out_of_band,
        target=asked.redirect_uri,
        parameters=[(name, request.raw(name)) for name in PARAMETERS if request.raw(name)],
    )


async def post_authorize(request: WebRequest) -> Response:
    """The member's answer."""
    try:
        asked = await _asked(request)
    except OAuthRefused as refused:
        return _refused(request, refused)
    if request.text("decision") != "allow":
        return _denied(asked)
    code = await grant(request.ctx, login_id=request.login.id, asked=asked)
    if asked.is_out_of_band:
        return redirect(f"/oauth/authorize/native?code={quote(code)}", 303)
    return redirect(yes_location(asked, code), 303)


async def delete_authorize(request: WebRequest) -> Response:
    """No, as Mastodon's own page says it."""
    try:
        return _denied(await _asked(request))
    except OAuthRefused as refused:
        return _refused(request, refused)


async def get_native(request: WebRequest) -> Response:
    """The code, for the member to carry to an app that cannot be redirected to."""
    return page(request, "authorize_code.html", code=request.text("code", 200))


async def _asked(request: WebRequest) -> Asked:
    given = {name: request.raw(name) for name in PARAMETERS}
    return await application_for(request.ctx, **given)


def _denied(asked: Asked) -> Response:
    if asked.is_out_of_band:
        return redirect("/", 303)
    return redirect(refusal_location(asked.redirect_uri, deny(asked), state=asked.state), 303)


def _to_sign_in(request: WebRequest) -> Response:
    """The sign-in page, and then back here, without asking for a fresh sign-in once more."""
    kept = [(name, value) for name in PARAMETERS if (value := request.raw(name)) is not None]
    then = f"{request.path}?{urlencode(kept)}"
    return redirect(sign_in_path(then, is_anew=request.is_on("force_login")))


def _refused(request: WebRequest, refused: OAuthRefused) -> Response:
    return page(request, "authorize_refused.html", status=400, says=refused.says, code=refused.code)
