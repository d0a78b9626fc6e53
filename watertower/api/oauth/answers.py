"""What the OAuth endpoints share: the client's credentials, and errors as RFC 6749 has them."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import unquote

from watertower.accounts.oauth_errors import OAuthRefused
from watertower.api.request import ApiRequest
from watertower.base.web import Response, json_response

NOT_KEPT = {"cache-control": "no-store", "pragma": "no-cache"}  # RFC 6749 section 5.1
Handler = Callable[[ApiRequest], Awaitable[Response]]


def oauth_answer(handler: Handler) -> Handler:
    """A handler whose OAuth refusals become {"error", "error_description"} (section 5.2)."""

    @wraps(handler)
    async def answer(request: ApiRequest) -> Response:
        try:
            response = await handler(request)
        except OAuthRefused as refused:
            body = {"error": refused.code, "error_description": refused.says}
            response = json_response(body, refused.status)
            if refused.status == 401:
                response.headers["www-authenticate"] = (
                    f'Basic realm="Watertower", error="{refused.code}"'
                )
        response.headers.update(NOT_KEPT)
        return response

    return answer


def client_of(request: ApiRequest) -> tuple[str | None, str | None]:
    """The client's id and secret, from the Authorization header (Basic) or the body."""
    scheme, _, coded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            text = b64decode(coded.strip(), validate=True).decode()
        except (NotBase64, ValueError):
            return None, None
        client_id, colon, secret = text.partition(":")
        # Both parts are form-encoded before they are joined (section 2.3.1).
        return (unquote(client_id), unquote(secret)) if colon else (None, None)
    return request.text("client_id"), request.text("client_secret")
