"""/api/v1/admin/tags and /admin/trends/tags: hashtags for moderators' own apps."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.admin_tag import admin_tag_shape
from watertower.base.web import Response, json_response
from watertower.moderation.access.reviewed_tags import (
    newest_tags,
    reviewed_tag_for,
    tags_that_might_trend,
)
from watertower.moderation.actions.review_tag import review_tag
from watertower.moderation.model.tags import TagRules


async def get_tags(request: ApiRequest) -> Response:
    """All hashtags, newest first."""
    page = request.page(default=100, most=200)
    found = await newest_tags(request.ctx, viewer_id=request.my_account_id, page=page)
    return json_response(
        [admin_tag_shape(request.ctx, one) for one in found],
        headers=link_header(request, [one.line.id for one in found], page),
    )


async def get_tag(request: ApiRequest) -> Response:
    """One hashtag."""
    found = await reviewed_tag_for(
        request.ctx, viewer_id=request.my_account_id, tag_id=request.path_id()
    )
    return json_response(admin_tag_shape(request.ctx, found))


async def put_tag(request: ApiRequest) -> Response:
    """Decide whether a hashtag may be used, listed, and trend; correct its spelling."""
    return await _review(
        request,
        TagRules(
            shown_name=request.text("display_name", limit=100) or None,
            is_usable=request.flag("usable"),
            is_listable=request.flag("listable"),
            is_trendable=request.flag("trendable"),
        ),
    )


async def get_trending(request: ApiRequest) -> Response:
    """Hashtags that would trend, those that may not included."""
    found = await tags_that_might_trend(
        request.ctx,
        viewer_id=request.my_account_id,
        limit=request.page(default=10, most=20).limit,
        offset=request.number("offset", 0, most=10_000) or 0,
    )
    return json_response([admin_tag_shape(request.ctx, one) for one in found])


async def post_approve(request: ApiRequest) -> Response:
    """Let a hashtag trend."""
    return await _review(request, TagRules(is_trendable=True))


async def post_reject(request: ApiRequest) -> Response:
    """Let a hashtag trend no more."""
    return await _review(request, TagRules(is_trendable=False))


async def _review(request: ApiRequest, change: TagRules) -> Response:
    await review_tag(
        request.ctx,
        actor_id=request.my_account_id,
        tag_id=request.path_id(),
        change=change,
    )
    return await get_tag(request)
