"""Accounts as moderators see them. The gate has checked that the caller may."""

from collections.abc import Sequence

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.roles import find_role_by_name
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.moderation.model.dossiers import Dossier, Search
from watertower.moderation.queries.dossiers import list_dossiers, list_found_accounts


async def dossier_for(ctx: Context, *, account_id: int) -> Dossier:
    """One account; AccountNotFound if there is none."""
    found = await dossiers_by_id(ctx, account_ids=[account_id])
    if account_id not in found:
        raise AccountNotFound
    return found[account_id]


async def dossiers_by_id(ctx: Context, *, account_ids: Sequence[int]) -> dict[int, Dossier]:
    """Accounts by id; one query for any number."""
    async with ctx.reading() as tx:
        return await list_dossiers(tx, account_ids=account_ids)


async def accounts_found(ctx: Context, *, search: Search, page: Page) -> list[int]:
    """A page of account ids, newest first."""
    async with ctx.reading() as tx:
        return await list_found_accounts(tx, search=search, page=page)


async def everyone_permissions(ctx: Context) -> int:
    """What everybody may, whatever their role."""
    async with ctx.reading() as tx:
        role = await find_role_by_name(tx, name="")
    return role.permissions if role is not None else 0
