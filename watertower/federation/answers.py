"""Answers to other servers: documents with their cache headers, refusals with their status."""

from typing import Any

from watertower.base.errors import (
    Busy,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    Refused,
    TooLarge,
    TooMany,
    Unreachable,
)
from watertower.base.json import to_json_bytes
from watertower.base.web import Response, json_response
from watertower.federation.errors import DocumentGone
from watertower.federation.model import ACTIVITY_JSON
from watertower.federation.request import FederationRequest
from watertower.federation.signatures.errors import SignatureRefused

CONTENT_TYPE = f"{ACTIVITY_JSON}; charset=utf-8"
_STATUSES: tuple[tuple[type[Refused], int], ...] = (
    (NotFound, 404),
    (Gone, 410),
    (DocumentGone, 404),
    (TooLarge, 413),
    (Forbidden, 403),
    (TooMany, 429),
    (Invalid, 400),
    (Unreachable, 503),
    (Busy, 503),
)


def document_response(
    request: FederationRequest, body: bytes, *, tag: str = "", is_public: bool = True
) -> Response:
    """A document. `tag` names this version of it, so that who has it need not get it again."""
    authorized = request.ctx.settings.federation.authorized_fetch
    headers = {
        "cache-control": "public, max-age=180"
        if is_public and not authorized
        else "private, no-store",
        "vary": "Accept, Signature",
    }
    if tag:
        headers["etag"] = f'W/"{tag}"'
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(b"", 304, content_type="", headers=headers)
    return Response(body, content_type=CONTENT_TYPE, headers=headers)


def json_document(
    request: FederationRequest, document: dict[str, Any], *, is_public: bool = True
) -> Response:
    """A document that is not kept rendered."""
    return document_response(request, to_json_bytes(document), is_public=is_public)


def refusal_response(refused: Refused) -> Response:
    """What was refused, with the status that tells the other server what to do about it."""
    if isinstance(refused, SignatureRefused):
        status = refused.status
    else:
        status = next((code for kind, code in _STATUSES if isinstance(refused, kind)), 400)
    headers = {"vary": "Accept, Signature"}
    if isinstance(refused, TooMany):
        headers["retry-after"] = str(refused.retry_after_seconds)
    elif status == 503:
        headers["retry-after"] = "30"
    return json_response({"error": refused.says}, status, headers)
