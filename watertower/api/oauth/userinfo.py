"""GET and POST /oauth/userinfo: who signed in, for apps that only want to know that."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.account import render_account
from watertower.base.json import from_json
from watertower.base.web import Response, json_response


async def get_userinfo(request: ApiRequest) -> Response:
    """The claims of OpenID Connect that Mastodon gives; `sub` is the account's ActivityPub id."""
    account = from_json(await render_account(request.ctx, request.my_account_id))
    return json_response(
        {
            "iss": f"{request.ctx.settings.base_url}/",
            "sub": account["uri"],
            "name": account["display_name"],
            "preferred_username": account["username"],
            "profile": account["url"],
            "picture": account["avatar"],
        }
    )
