"""POST /oauth/introspect and GET /oauth/token/info: what a token is good for."""

from watertower.accounts.access.viewers import viewer_of
from watertower.accounts.actions.tokens import (
    application_of_token,
    token_seen_by_app,
    token_seen_by_client,
)
from watertower.accounts.tokens import hash_of
from watertower.api.gate import bearer_token
from watertower.api.oauth.answers import client_of, oauth_answer
from watertower.api.request import ApiRequest
from watertower.base.web import Response, json_response


@oauth_answer
async def post_introspect(request: ApiRequest) -> Response:
    """Whether a token is good (RFC 7662). An app learns about its own tokens only.

    It proves itself by its secret, or by another of its tokens.
    """
    token = request.text("token")
    shown = bearer_token(request.headers)
    if shown is not None:
        viewer = await viewer_of(request.ctx, token_hash=hash_of(shown), ip=request.ip)
        found = await token_seen_by_app(
            request.ctx, application_id=viewer.application_id, token=token
        )
    else:
        client_id, client_secret = client_of(request)
        found = await token_seen_by_client(
            request.ctx, client_id=client_id, client_secret=client_secret, token=token
        )
    if found is None:
        return json_response({"active": False})
    return json_response(
        {
            "active": True,
            "scope": " ".join(found.scopes),
            "client_id": found.client_id,
            "token_type": "Bearer",
            "iat": int(found.created_at.timestamp()),
        }
    )


async def get_token_info(request: ApiRequest) -> Response:
    """What the token of this request is good for."""
    viewer = request.me
    application = await application_of_token(request.ctx, application_id=viewer.application_id)
    found = await token_seen_by_app(
        request.ctx, application_id=application.id, token=bearer_token(request.headers)
    )
    return json_response(
        {
            "resource_owner_id": None if viewer.login_id is None else str(viewer.login_id),
            "scope": sorted(viewer.scopes),
            "expires_in": None,
            "application": {"uid": application.client_id},
            "created_at": None if found is None else int(found.created_at.timestamp()),
        }
    )
