"""/api/v1/tags and /api/v1/followed_tags."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.tag import tag_shape
from watertower.base.web import Response, json_response
from watertower.feeds.access.tags import followed_tags_of, tag_for
from watertower.feeds.actions.tags import (
    feature_tag_named,
    follow_tag,
    require_tag,
    unfollow_tag,
)


async def get_tag(request: ApiRequest) -> Response:
    """A hashtag, used already or not."""
    return await _answer(request, require_tag(request.path_params["name"]))


async def post_follow(request: ApiRequest) -> Response:
    """Follow a hashtag: posts under it come into the home."""
    name = await follow_tag(
        request.ctx, account_id=request.my_account_id, shown_name=request.path_params["name"]
    )
    return await _answer(request, name)


async def post_unfollow(request: ApiRequest) -> Response:
    """Follow a hashtag no longer."""
    name = await unfollow_tag(
        request.ctx, account_id=request.my_account_id, shown_name=request.path_params["name"]
    )
    return await _answer(request, name)


async def post_feature(request: ApiRequest) -> Response:
    """Show a hashtag on one's profile."""
    return await _feature(request, is_featured=True)


async def post_unfeature(request: ApiRequest) -> Response:
    """Show a hashtag on one's profile no longer."""
    return await _feature(request, is_featured=False)


async def get_followed_tags(request: ApiRequest) -> Response:
    """The hashtags one follows."""
    page = request.page(default=100, most=200)
    found = await followed_tags_of(request.ctx, account_id=request.my_account_id, page=page)
    return json_response(
        [tag_shape(request.ctx, tag, is_member=True) for tag in found],
        headers=link_header(request, [tag.sort for tag in found], page),
    )


async def _feature(request: ApiRequest, *, is_featured: bool) -> Response:
    name = await feature_tag_named(
        request.ctx,
        account_id=request.my_account_id,
        name_or_id=request.path_params["name"],
        is_featured=is_featured,
    )
    return await _answer(request, name)


async def _answer(request: ApiRequest, name: str) -> Response:
    tag = await tag_for(request.ctx, viewer=request.viewer, name=name)
    is_member = request.viewer is not None and request.viewer.account_id is not None
    return json_response(tag_shape(request.ctx, tag, is_member=is_member))
