"""Delete: a member leaves for good."""

from watertower.accounts.actions.second_factor import require_password
from watertower.accounts.errors import MayNotAct
from watertower.accounts.events import MemberDeleted
from watertower.accounts.queries.deleted import delete_login, empty_member
from watertower.accounts.steps.revoke import end_all_access
from watertower.base.context import Context
from watertower.base.events import record
from watertower.media.jobs.delete_files import delete_files


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
        keys = await empty_member(tx, account_id=login.account_id, at=ctx.now())
        if keys is None:
            return  # somebody was faster in another window
        await end_all_access(tx, login_id=login_id, at=ctx.now())
        await delete_login(tx, login_id=login_id)
        if keys:
            tx.enqueue(delete_files.queued(keys=keys))
        await record(tx, MemberDeleted(account_id=login.account_id))
