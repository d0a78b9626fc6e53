"""Delete: a member leaves for good."""

from watertower.accounts.actions.second_factor import require_password
from watertower.accounts.errors import MayNotAct
from watertower.accounts.steps.purge import purge_member
from watertower.base.context import Context


async def delete_member(ctx: Context, *, login_id: int, password: str) -> None:
    """Sign out everywhere, take the profile and the login away; the rest goes by reactions.

    The account's row stays, emptied, so that nobody can take the name. The e-mail address is
    forgotten and may be used again. Raises WrongPassword, LoginNotFound, TooMany, and
    MayNotAct for who is suspended.
    """
    login = await require_password(ctx, login_id=login_id, password=password)
    if login.suspended_at is not None:
        raise MayNotAct  # what moderators look into does not vanish meanwhile
    async with ctx.transaction() as tx:
        await purge_member(tx, account_id=login.account_id, at=ctx.now())
