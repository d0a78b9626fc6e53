"""POST /api/v1/apps and GET /api/v1/apps/verify_credentials."""

from watertower.accounts.actions.register_app import register_app
from watertower.accounts.actions.tokens import application_of_token
from watertower.accounts.scopes import split_scopes
from watertower.api.request import ApiRequest
from watertower.api.shapes.application import render_application, render_credential_application
from watertower.base.web import Response, json_response


async def post_app(request: ApiRequest) -> Response:
    """Register an app. `redirect_uris` is a list, or one text with an address on each line."""
    uris = [
        line
        for text in request.texts("redirect_uris", most=50, limit=20_000)
        for line in text.split()
    ]
    application = await register_app(
        request.ctx,
        name=request.text("client_name") or "",
        redirect_uris=uris,
        scopes=split_scopes(request.text("scopes")),
        website=request.text("website"),
    )
    return json_response(render_credential_application(request.ctx, application))


async def get_verify_credentials(request: ApiRequest) -> Response:
    """The app that a token, its own or a member's, belongs to."""
    application = await application_of_token(request.ctx, application_id=request.me.application_id)
    return json_response(render_application(request.ctx, application))
