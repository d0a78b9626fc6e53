"""The member who looks, as pages show them."""

from watertower.accounts.access.accounts import account_for
from watertower.web.request import WebRequest
from watertower.web.views.account import AccountView, account_view


async def member_view(request: WebRequest) -> AccountView:
    """One's own name and picture."""
    account = await account_for(request.ctx, account_id=request.my_account_id)
    return account_view(request.ctx, account)
