"""What staff decide about a login: let an applicant in, give a role."""

from watertower.accounts.credentials import Login
from watertower.accounts.errors import LoginNotFound, RoleNotFound
from watertower.accounts.queries.logins import (
    find_login_by_account,
    find_login_by_email,
    find_login_by_username,
    list_logins,
    lock_login,
    update_role,
)
from watertower.accounts.queries.roles import find_role_by_name
from watertower.accounts.steps.applicants import let_in
from watertower.base.context import Context
from watertower.base.ids import MAX_ID
from watertower.base.text.clean import clean_text


async def approve(ctx: Context, *, login_id: int) -> None:
    """Let an applicant in and tell them. Twice is no error. Raises LoginNotFound."""
    async with ctx.transaction() as tx:
        login = await lock_login(tx, login_id=login_id)
        if login is None:
            raise LoginNotFound
        await let_in(tx, ctx, login=login)


async def set_role(ctx: Context, *, login_id: int, role_name: str) -> None:
    """Give a role by name; "" takes it away. Raises RoleNotFound, LoginNotFound."""
    async with ctx.transaction() as tx:
        role = await find_role_by_name(tx, name=clean_text(role_name).strip())
        if role is None:
            raise RoleNotFound
        if await lock_login(tx, login_id=login_id) is None:
            raise LoginNotFound
        await update_role(tx, login_id=login_id, role_id=role.id)


async def login_named(ctx: Context, *, name_or_email: str) -> Login:
    """The login of a member's name or address, for the operator. Raises LoginNotFound."""
    name = clean_text(name_or_email).strip()
    async with ctx.reading() as tx:
        if "@" in name.removeprefix("@"):
            login = await find_login_by_email(tx, email=name)
        else:
            login = await find_login_by_username(tx, username=name.removeprefix("@"))
    if login is None:
        raise LoginNotFound(f"Nobody here is called {name}")
    return login


async def login_of_account(ctx: Context, *, account_id: int) -> Login:
    """The login behind an account of ours. Raises LoginNotFound."""
    async with ctx.reading() as tx:
        login = await find_login_by_account(tx, account_id=account_id)
    if login is None:
        raise LoginNotFound
    return login


async def logins_page(
    ctx: Context, *, only_pending: bool = False, before_id: int = MAX_ID, limit: int = 40
) -> list[Login]:
    """Logins, newest first; only applicants who wait if wanted."""
    async with ctx.reading() as tx:
        return await list_logins(tx, only_pending=only_pending, before_id=before_id, limit=limit)
