"""/api/v1/featured_tags: hashtags on one's profile."""

from watertower.accounts.access.accounts import account_for
from watertower.accounts.access.people import person_for
from watertower.api.request import ApiRequest
from watertower.api.shapes.tag import featured_tag_shape, tag_shape
from watertower.base.errors import NotFound
from watertower.base.web import Response, json_response
from watertower.feeds.access.tags import featured_tags_of, suggested_tags_for
from watertower.feeds.actions.tags import feature_tag, unfeature


async def get_featured_tags(request: ApiRequest) -> Response:
    """Those of one's own profile."""
    return await _answer(request, request.my_account_id)


async def get_featured_tags_of_account(request: ApiRequest) -> Response:
    """Those of somebody's profile."""
    return await _answer(request, request.path_id())


async def get_suggestions(request: ApiRequest) -> Response:
    """The hashtags one uses most."""
    found = await suggested_tags_for(request.ctx, account_id=request.my_account_id)
    return json_response([tag_shape(request.ctx, tag, is_member=True) for tag in found])


async def post_featured_tag(request: ApiRequest) -> Response:
    """Show a hashtag on one's profile."""
    made = await feature_tag(
        request.ctx,
        account_id=request.my_account_id,
        shown_name=request.required_text("name", limit=200).strip().removeprefix("#"),
    )
    owner = await account_for(request.ctx, account_id=request.my_account_id)
    for tag in await featured_tags_of(request.ctx, account_id=owner.id):
        if tag.id == made:
            return json_response(featured_tag_shape(tag, owner))
    raise NotFound


async def delete_featured_tag(request: ApiRequest) -> Response:
    """Show it no longer."""
    await unfeature(request.ctx, account_id=request.my_account_id, featured_id=request.path_id())
    return json_response({})


async def _answer(request: ApiRequest, account_id: int) -> Response:
    owner = await person_for(request.ctx, account_id=account_id)
    found = await featured_tags_of(request.ctx, account_id=account_id)
    return json_response([featured_tag_shape(tag, owner) for tag in found])
