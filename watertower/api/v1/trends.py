"""/api/v1/trends: what many people like and talk about.

Paged by `offset`, as Mastodon does.
"""

from watertower.api.request import ApiRequest
from watertower.api.shapes.card import card_shape
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.api.shapes.status import render_statuses
from watertower.api.shapes.tag import history_shape, tag_shape
from watertower.api.visitors import may_read_local
from watertower.base.web import Response, json_response
from watertower.feeds.access.links import trending_links
from watertower.feeds.access.trends import trending_statuses, trending_tags


async def get_statuses(request: ApiRequest) -> Response:
    """Statuses that many people starred and boosted."""
    limit, offset = _part(request, 20, 40)
    if not await may_read_local(request):
        return json_response([])
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
    """Links that many people shared."""
    limit, offset = _part(request, 10, 20)
    links = (await trending_links(request.ctx))[offset : offset + limit]
    shapes = [
        {**card, "history": history_shape(link.days)}
        for link in links
        if (card := card_shape(request.ctx, link.card)) is not None
    ]
    return json_response(shapes, headers=_links(request, limit, offset, len(links)))


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
