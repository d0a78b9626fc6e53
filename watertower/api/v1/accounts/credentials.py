"""GET /api/v1/accounts/verify_credentials and PATCH update_credentials."""

from watertower.accounts.actions.update_profile import update_profile
from watertower.api.profile_change import change_of, pictures_of
from watertower.api.request import ApiRequest
from watertower.api.shapes.credential_account import render_credential_account
from watertower.api.shapes.raw import raw_response
from watertower.base.web import Response


async def get_verify_credentials(request: ApiRequest) -> Response:
    """Who one is: the test every app makes of its token."""
    return raw_response(await render_credential_account(request.ctx, request.my_account_id))


async def patch_update_credentials(request: ApiRequest) -> Response:
    """Change the profile and the defaults of new posts."""
    account_id = request.my_account_id
    await update_profile(
        request.ctx,
        account_id=account_id,
        change=change_of(request),
        pictures=pictures_of(request),
    )
    return raw_response(await render_credential_account(request.ctx, account_id))
