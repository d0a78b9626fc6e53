"""Accounts that moderators type the handle of."""

from watertower.accounts.model import Account
from watertower.accounts.queries.accounts import find_account_by_handle
from watertower.base.context import Context


async def account_named(ctx: Context, *, handle: str) -> Account | None:
    """The account behind `@name` or `@name@domain` as far as it is known here; nothing is fetched."""
    name, _, domain = handle.strip().removeprefix("@").partition("@")
    if not name:
        return None
    own = ctx.settings.server.domain
    async with ctx.reading() as tx:
        return await find_account_by_handle(
            tx, username=name, domain=None if domain in {"", own} else domain
        )
