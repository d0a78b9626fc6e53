"""GET /api/v1/accounts/search."""

from watertower.accounts.access.search import people_found
from watertower.api.answers_about_people import answer_with_people
from watertower.api.request import ApiRequest
from watertower.base.web import Response

FURTHEST = 1000


async def get_search(request: ApiRequest) -> Response:
    """People by name or handle; the very one that was meant comes first."""
    found = await people_found(
        request.ctx,
        viewer=request.viewer,
        query=request.required_text("q", limit=1000),
        limit=request.page(default=40, most=80).limit,
        offset=request.number("offset", 0, most=FURTHEST) or 0,
        only_following=request.is_on("following"),
        resolve=request.is_on("resolve"),
    )
    return await answer_with_people(request, found)
