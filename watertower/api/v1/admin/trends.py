"""/api/v1/admin/trends: posts, links and their publishers for moderators' own apps."""

from collections.abc import Mapping
from typing import Any

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.card import card_shape
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.api.shapes.status import render_statuses
from watertower.api.shapes.tag import history_shape
from watertower.api.shapes.times import moment
from watertower.base.db.transaction import Row
from watertower.base.json import to_json_bytes
from watertower.base.web import Response, json_response
from watertower.moderation.access.reviewed_trends import (
    publishers,
    reviewed_links,
    reviewed_statuses,
)
from watertower.moderation.actions.review_trend import (
    review_link,
    review_publisher,
    review_status,
)
from watertower.statuses.access.statuses import line_for


async def get_statuses(request: ApiRequest) -> Response:
    """Posts that many like, those that may not trend included."""
    limit, offset = _part(request, 20, 40)
    found = await reviewed_statuses(request.ctx, viewer=request.me, limit=limit, offset=offset)
    bodies = await render_statuses(request.ctx, found.lines, viewer=request.me)
    return raw_response(
        raw_list(
            [
                _marked(body, requires_review=found.decided.get(line.id) is None)
                for body, line in zip(bodies, found.lines, strict=True)
            ]
        )
    )


async def post_approve_status(request: ApiRequest) -> Response:
    """Let a post trend."""
    return await _review_status(request, may_trend=True)


async def post_reject_status(request: ApiRequest) -> Response:
    """Keep a post from the trends."""
    return await _review_status(request, may_trend=False)


async def _review_status(request: ApiRequest, *, may_trend: bool) -> Response:
    status_id = request.path_id()
    line = await line_for(request.ctx, viewer=request.me, status_id=status_id)
    await review_status(
        request.ctx, actor_id=request.my_account_id, status_id=status_id, may_trend=may_trend
    )
    (body,) = await render_statuses(request.ctx, [line], viewer=request.me)
    return raw_response(_marked(body, requires_review=False))


async def get_links(request: ApiRequest) -> Response:
    """Links that many share, those that may not trend included."""
    limit, offset = _part(request, 10, 20)
    found = await reviewed_links(request.ctx, limit=limit, offset=offset)
    return json_response(
        [
            {**shape, "history": history_shape(link.days)}
            for link in found
            if (shape := _link(request, link.card)) is not None
        ]
    )


async def post_approve_link(request: ApiRequest) -> Response:
    """Let a link trend."""
    return await _review_link(request, may_trend=True)


async def post_reject_link(request: ApiRequest) -> Response:
    """Keep a link from the trends."""
    return await _review_link(request, may_trend=False)


async def _review_link(request: ApiRequest, *, may_trend: bool) -> Response:
    card = await review_link(
        request.ctx,
        actor_id=request.my_account_id,
        card_id=request.path_id(),
        may_trend=may_trend,
    )
    days = [
        link.days
        for link in await reviewed_links(request.ctx, limit=100, offset=0)
        if link.card_id == card["id"]
    ]
    return json_response(
        {**(_link(request, card) or {}), "history": history_shape(days[0]) if days else []}
    )


async def get_publishers(request: ApiRequest) -> Response:
    """Sites that links lead to, newest first."""
    page = request.page(default=100, most=200)
    rows = await publishers(request.ctx, page=page)
    return json_response(
        [_publisher(row) for row in rows],
        headers=link_header(request, [row["id"] for row in rows], page),
    )


async def post_approve_publisher(request: ApiRequest) -> Response:
    """Let a site's links trend."""
    return await _review_publisher(request, may_trend=True)


async def post_reject_publisher(request: ApiRequest) -> Response:
    """Keep a site's links from the trends."""
    return await _review_publisher(request, may_trend=False)


async def _review_publisher(request: ApiRequest, *, may_trend: bool) -> Response:
    row = await review_publisher(
        request.ctx,
        actor_id=request.my_account_id,
        publisher_id=request.path_id(),
        may_trend=may_trend,
    )
    return json_response(_publisher(row))


def _part(request: ApiRequest, default: int, most: int) -> tuple[int, int]:
    offset = request.number("offset", 0, most=10_000) or 0
    return request.page(default=default, most=most).limit, offset


def _marked(body: bytes, *, requires_review: bool) -> bytes:
    """A rendered status with one more attribute."""
    mark = to_json_bytes(requires_review)
    return body.rstrip()[:-1] + b',"requires_review":' + mark + b"}"


def _link(request: ApiRequest, card: Mapping[str, Any]) -> dict[str, Any] | None:
    shape = card_shape(request.ctx, card)
    if shape is None:
        return None
    decided = card.get("is_trendable")
    return {"id": str(card["id"]), **shape, "requires_review": decided is None}


def _publisher(row: Row) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "domain": row["domain"],
        "trendable": row["is_trendable"],
        "reviewed_at": moment(row["reviewed_at"]),
        "requested_review_at": moment(row["requested_review_at"]),
        "requires_review": row["reviewed_at"] is None,
    }
