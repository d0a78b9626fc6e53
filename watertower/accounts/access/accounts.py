"""Accounts as they are shown. Who may see an account at all is decided here."""

from collections.abc import Sequence

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.model import Account, AccountLine, ShownAccount
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.lines import list_account_lines, list_with_roles
from watertower.base.context import Context


async def lines_of_accounts(ctx: Context, *, account_ids: Sequence[int]) -> list[AccountLine]:
    """Versions and counts, in the order of the ids; unknown ids are left out."""
    async with ctx.reading() as tx:
        return await list_account_lines(tx, account_ids=account_ids)


async def accounts_with_roles(ctx: Context, *, account_ids: Sequence[int]) -> list[ShownAccount]:
    """Accounts with their role and the account they moved to."""
    async with ctx.reading() as tx:
        return await list_with_roles(tx, account_ids=account_ids)


async def account_for(ctx: Context, *, account_id: int) -> Account:
    """The account of this id; suspended ones too, which shapes show as such."""
    async with ctx.reading() as tx:
        found = await find_account(tx, account_id=account_id)
    if found is None or found.deleted_at is not None:
        raise AccountNotFound
    return found
