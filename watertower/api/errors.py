"""Refusals as answers: the kind of refusal decides the status, its words the body."""

from watertower.base.errors import (
    Busy,
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    NotSignedIn,
    Refused,
    TooLarge,
    TooMany,
    Unreachable,
)
from watertower.base.web import Response, json_response

STATUS_OF: dict[type[Refused], int] = {
    NotFound: 404,
    NotSignedIn: 401,
    Forbidden: 403,
    Invalid: 422,
    Conflict: 422,
    Gone: 410,
    TooMany: 429,
    TooLarge: 413,
    Unreachable: 503,
    Busy: 503,
}


def status_of(refused: Refused) -> int:
    """The HTTP status of a refusal, by the nearest kind it is of."""
    return next((STATUS_OF[kind] for kind in type(refused).__mro__ if kind in STATUS_OF), 422)


def error_response(refused: Refused) -> Response:
    """The answer that says what was refused."""
    body: dict[str, object] = {"error": refused.says}
    headers: dict[str, str] = {}
    if isinstance(refused, Invalid) and refused.details:
        body["details"] = {
            name: [{"error": code, "description": text} for code, text in problems]
            for name, problems in refused.details.items()
        }
    if isinstance(refused, TooMany):
        headers["retry-after"] = str(refused.retry_after_seconds)
    if isinstance(refused, Busy):
        headers["retry-after"] = "5"
    if isinstance(refused, NotSignedIn):
        headers["www-authenticate"] = (
            f'Bearer realm="Watertower", error="invalid_token", error_description="{refused.says}"'
        )
    return json_response(body, status_of(refused), headers)
