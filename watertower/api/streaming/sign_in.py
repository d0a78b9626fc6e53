"""Who opens a stream: the token of the handshake, in any of the places where apps put it."""

from watertower.accounts.access.viewers import viewer_of
from watertower.accounts.model import Viewer
from watertower.accounts.tokens import hash_of
from watertower.api.gate import bearer_token
from watertower.api.streaming.hub import may_listen
from watertower.api.streaming.streams import StreamRefused
from watertower.base.client_address import client_address
from watertower.base.context import Context
from watertower.base.errors import Busy, Refused
from watertower.base.params import Params
from watertower.base.web import Scope


def headers_of(scope: Scope) -> dict[str, str]:
    """Headers by lower-case name."""
    return {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}


async def sign_in(ctx: Context, scope: Scope, params: Params) -> Viewer:
    """The member behind the token. Raises StreamRefused (401) in Mastodon's words.

    The header comes first, then the query, then Sec-WebSocket-Protocol, where browsers put it.
    """
    headers = headers_of(scope)
    query = params.get("access_token")
    token = bearer_token(headers, query if isinstance(query, str) and query else None)
    if token is None and scope.get("subprotocols"):
        token = scope["subprotocols"][0]
    if not token:
        raise StreamRefused("Missing access token", 401)
    ip = client_address(scope, headers, ctx.settings.server.trusted_proxies)
    try:
        viewer = await viewer_of(ctx, token_hash=hash_of(token), ip=ip)
    except Busy as busy:
        raise StreamRefused(busy.says, 503) from busy
    except Refused as refused:
        raise StreamRefused("Invalid access token", 401) from refused
    if not may_listen(viewer):
        raise StreamRefused("Invalid access token", 401)
    return viewer
