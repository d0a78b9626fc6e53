"""GET /api/v1/directory."""

from watertower.accounts.access.people import directory_for
from watertower.api.answers_about_people import answer_with_people
from watertower.api.request import ApiRequest
from watertower.base.web import Response

FURTHEST = 10_000


async def get_directory(request: ApiRequest) -> Response:
    """People who want to be found."""
    found = await directory_for(
        request.ctx,
        viewer=request.viewer,
        only_local=request.is_on("local"),
        newest_first=request.one_of("order", ("active", "new"), "active") == "new",
        limit=request.page(default=40, most=80).limit,
        offset=request.number("offset", 0, most=FURTHEST) or 0,
    )
    return await answer_with_people(request, found)
