"""POST /oauth/token and /oauth/revoke: exchange a code or a secret for a token, take one back."""

from watertower.accounts.actions.exchange import exchange_code, token_for_app
from watertower.accounts.actions.tokens import revoke_token
from watertower.accounts.oauth_errors import OAuthRefused, missing
from watertower.api.oauth.answers import client_of, oauth_answer
from watertower.api.request import ApiRequest
from watertower.api.shapes.token import render_token
from watertower.base.web import Response, json_response


@oauth_answer
async def post_token(request: ApiRequest) -> Response:
    """A token for `authorization_code` or `client_credentials` (RFC 6749 sections 4.1.3, 4.4.2)."""
    kind = request.text("grant_type")
    client_id, client_secret = client_of(request)
    if not kind:
        raise missing("grant_type")
    if kind == "authorization_code":
        issued = await exchange_code(
            request.ctx,
            client_id=client_id,
            client_secret=client_secret,
            code=request.text("code"),
            redirect_uri=request.text("redirect_uri"),
            code_verifier=request.text("code_verifier"),
        )
    elif kind == "client_credentials":
        issued = await token_for_app(
            request.ctx,
            client_id=client_id,
            client_secret=client_secret,
            scope=request.text("scope"),
        )
    else:
        raise OAuthRefused(
            "unsupported_grant_type",
            "Supported are authorization_code and client_credentials.",
        )
    return json_response(
        render_token(issued.token, scopes=issued.scopes, created_at=issued.created_at)
    )


@oauth_answer
async def post_revoke(request: ApiRequest) -> Response:
    """Revoke a token (RFC 7009). Streams that are open with it are closed."""
    client_id, client_secret = client_of(request)
    await revoke_token(
        request.ctx,
        client_id=client_id,
        client_secret=client_secret,
        token=request.text("token"),
    )
    return json_response({})
