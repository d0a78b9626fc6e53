"""GET /.well-known/oauth-authorization-server: what apps need to know before they begin."""

from watertower.accounts.scopes import SCOPES
from watertower.api.request import ApiRequest
from watertower.base.web import Response, json_response


async def get_metadata(request: ApiRequest) -> Response:
    """The metadata of RFC 8414. Without `S256` here, apps leave PKCE out."""
    base = request.ctx.settings.base_url
    response = json_response(
        {
            "issuer": f"{base}/",
            "service_documentation": "https://docs.joinmastodon.org/",
            "authorization_endpoint": f"{base}/oauth/authorize",
            "token_endpoint": f"{base}/oauth/token",
            "userinfo_endpoint": f"{base}/oauth/userinfo",
            "revocation_endpoint": f"{base}/oauth/revoke",
            "introspection_endpoint": f"{base}/oauth/introspect",
            "app_registration_endpoint": f"{base}/api/v1/apps",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic",
                "client_secret_post",
            ],
            "code_challenge_methods_supported": ["S256"],
        }
    )
    response.headers["cache-control"] = "public, max-age=300"
    response.headers["vary"] = "Origin"
    return response
