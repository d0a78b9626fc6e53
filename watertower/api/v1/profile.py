"""GET and PATCH /api/v1/profile; DELETE /api/v1/profile/avatar and header."""

from watertower.accounts.actions.update_profile import Kind, Pictures, update_profile
from watertower.accounts.profile import ProfileChange
from watertower.api.profile_change import change_of, pictures_of
from watertower.api.request import ApiRequest
from watertower.api.shapes.credential_account import profile_shape, render_credential_account
from watertower.api.shapes.raw import raw_response
from watertower.base.web import Response, json_response


async def get_profile(request: ApiRequest) -> Response:
    """Everything of one's profile that can be edited."""
    return json_response(await profile_shape(request.ctx, request.my_account_id))


async def patch_profile(request: ApiRequest) -> Response:
    """Change one's profile."""
    account_id = request.my_account_id
    await update_profile(
        request.ctx,
        account_id=account_id,
        change=change_of(request),
        pictures=pictures_of(request),
    )
    return json_response(await profile_shape(request.ctx, account_id))


async def delete_avatar(request: ApiRequest) -> Response:
    """Take the avatar away."""
    return await _without(request, "avatar")


async def delete_header(request: ApiRequest) -> Response:
    """Take the header away."""
    return await _without(request, "header")


async def _without(request: ApiRequest, kind: Kind) -> Response:
    account_id = request.my_account_id
    await update_profile(
        request.ctx,
        account_id=account_id,
        change=ProfileChange(),
        pictures=Pictures(removed=frozenset({kind})),
    )
    return raw_response(await render_credential_account(request.ctx, account_id))
