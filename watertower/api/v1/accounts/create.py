"""POST /api/v1/accounts: sign up from inside an app."""

from datetime import date

from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_of_account
from watertower.accounts.actions.tokens import token_for_new_member
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.token import render_token
from watertower.base.errors import Forbidden
from watertower.base.web import Response, json_response


async def post_account(request: ApiRequest) -> Response:
    """Sign somebody up; the answer is their token, of use once the address is confirmed."""
    app = request.me
    if app.account_id is not None:
        raise Forbidden
    account = await create_member(
        request.ctx,
        username=request.text("username", limit=1000) or "",
        email=request.text("email", limit=1000) or "",
        password=_password(request),
        agreed=request.is_on("agreement"),
        locale=request.text("locale", limit=100) or "en",
        reason=request.text("reason", limit=10_000) or "",
        invite_code=request.text("invite_code", limit=100),
        date_of_birth=_date_of_birth(request),
        ip=request.ip,
        application_id=app.application_id,
    )
    login = await login_of_account(request.ctx, account_id=account.id)
    issued = await token_for_new_member(
        request.ctx, login_id=login.id, application_id=app.application_id
    )
    return json_response(
        render_token(issued.token, scopes=issued.scopes, created_at=issued.created_at)
    )


def _password(request: ApiRequest) -> str:
    """As typed: spaces at its end belong to a password."""
    value = request.params.get("password")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise invalid("password", "must be a text")
    return value


def _date_of_birth(request: ApiRequest) -> date | None:
    text = request.text("date_of_birth", limit=40)
    if not text:
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise invalid("date_of_birth", "is invalid") from None
