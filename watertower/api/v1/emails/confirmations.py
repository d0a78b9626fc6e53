"""POST /api/v1/emails/confirmations and GET /api/v1/emails/check_confirmation."""

from watertower.accounts.actions.addresses import resend_confirmation
from watertower.accounts.actions.manage_member import login_of_account
from watertower.api.request import ApiRequest
from watertower.base.errors import Forbidden
from watertower.base.web import Response, json_response


async def post_confirmation(request: ApiRequest) -> Response:
    """Send the link again, to another address if given. For the app that signed the member up."""
    login = await login_of_account(request.ctx, account_id=request.my_account_id)
    if login.application_id != request.me.application_id:
        raise Forbidden(
            "This method is only available to the application the user originally signed-up with"
        )
    if login.confirmed_at is not None and login.unconfirmed_email is None:
        raise Forbidden("This method is only available while the e-mail is awaiting confirmation")
    await resend_confirmation(
        request.ctx, login_id=login.id, email=request.text("email", limit=1000)
    )
    return json_response({})


async def get_check_confirmation(request: ApiRequest) -> Response:
    """Whether one's own address is confirmed: a bare true or false."""
    return json_response(request.me.is_confirmed)
