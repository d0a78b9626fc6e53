"""/api/v1/trends: what many people like and talk about.

Paged by `offset`, as Mastodon does. Links do not trend here: the list is empty.
"""

from watertower.api.request import ApiRequest
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.api.shapes.status import render_statuses
from watertower.api.shapes.tag import tag_shape
from watertower.base.web import Response, json_response
from watertower.feeds.access.trends import trending_statuses, trending_tags


async def get_statuses(request: ApiRequest) -> Response:
    """Statuses that many people starred and boosted."""
    limit, offset = _part(request, 20, 40)
    lines = await trending_statuses(request.ctx, viewer=request.viewer, limit=limit, offset=offset)
    bodies = await render_statuses(
        request.ctx, lines, viewer=request.viewer, filter_context="public"
    )
    return raw_response(raw_list(bodies), _links(request, limit, offset, len(lines)))


async def get_tags(request: ApiRequest) -> Response:
    """Hashtags that many people used."""
    limit, offset = _part(request, 10, 20)
    found = await trending_tags(request.ctx, viewer=request.viewer, limit=limit, offset=offset)
    is_member = request.viewer is not None and request.viewer.account_id is not None
    return json_response(
        [tag_shape(request.ctx, tag, is_member=is_member) for tag in found],
        headers=_links(request, limit, offset, len(found)),
    )


async def get_links(request: ApiRequest) -> Response:
    """Links that many people shared: none are counted."""
    _part(request, 10, 20)
    return json_response([])


def _part(request: ApiRequest, default: int, most: int) -> tuple[int, int]:
    offset = request.number("offset", 0, most=10_000) or 0
    return request.page(default=default, most=most).limit, offset


def _links(request: ApiRequest, limit: int, offset: int, shown: int) -> dict[str, str]:
    base = f"{request.ctx.settings.base_url}{request.path}?limit={limit}&offset="
    links = []
    if shown >= limit:
        links.append(f'<{base}{offset + limit}>; rel="next"')
    if offset:
        links.append(f'<{base}{max(0, offset - limit)}>; rel="prev"')
    return {"link": ", ".join(links)} if links else {}
