"""GET /api/openapi.json."""

import asyncio
from collections.abc import Sequence

from watertower.api.openapi.document import openapi_document
from watertower.api.request import ApiRequest
from watertower.api.route import Handler, Route
from watertower.base.json import to_json_bytes
from watertower.base.web import Response


def describing(routes: Sequence[Route]) -> Handler:
    """A handler that describes these routes, itself included once it is one of them."""
    kept: list[bytes] = []

    async def get_openapi(_request: ApiRequest) -> Response:
        """The description of this API for programs, OpenAPI 3.1."""
        if not kept:  # half a second, once in the life of a process
            kept.append(await asyncio.to_thread(lambda: to_json_bytes(openapi_document(routes))))
        return Response(kept[0], headers={"cache-control": "public, max-age=3600"})

    return get_openapi
