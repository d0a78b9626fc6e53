"""`watertower owner …`: the person who may do everything."""

import secrets

from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.manage_member import login_named, login_of_account, set_role
from watertower.accounts.actions.passwords import reset_link
from watertower.base.context import Context
from watertower.cli.in_context import in_context

ROLE = "Owner"


def create_owner(name: str, *, email: str, password: str = "") -> None:
    """Make the owner's account, confirmed and ready to sign in.

    Parameters
    ----------
    name
        The username.
    email
        The address, taken as confirmed.
    password
        At least eight characters. Without it one is made and printed, this once.

    """
    made = password or secrets.token_urlsafe(12)

    async def do(ctx: Context) -> tuple[str, str]:
        account = await create_member(
            ctx,
            username=name,
            email=email,
            password=made,
            confirmed=True,
            approved=True,
            by_operator=True,
        )
        login = await login_of_account(ctx, account_id=account.id)
        await set_role(ctx, login_id=login.id, role_name=ROLE)
        return account.username, ctx.settings.base_url

    username, base_url = in_context(do)
    print(f"@{username} owns this server. Sign in at {base_url}/auth/sign_in")
    if not password:
        print(f"Password: {made}")


def owner_link(name: str) -> None:
    """Print a link, good once and for six hours, with which this member chooses a password.

    Parameters
    ----------
    name
        Username or address.

    """

    async def do(ctx: Context) -> str:
        login = await login_named(ctx, name_or_email=name)
        return await reset_link(ctx, login_id=login.id)

    print(in_context(do))
