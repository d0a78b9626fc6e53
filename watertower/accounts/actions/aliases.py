"""Aliases: a member says which accounts elsewhere were its own, so that they can move here."""

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.events import ProfileChanged
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.moves import update_aliases
from watertower.accounts.queries.profile import find_account_to_change
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.events import record

MOST_ALIASES = 10


async def add_alias(ctx: Context, *, account_id: int, handle: str) -> None:
    """Name another account as a former one. Twice is no error. Raises AccountNotFound, Invalid."""
    target_id = await ctx.remote.find_account(handle.strip().removeprefix("@"))
    if target_id is None:
        raise AccountNotFound("There is no such account, or its server cannot be reached")
    if target_id == account_id:
        raise Invalid("This is the account that you are signed in with")
    async with ctx.transaction() as tx:
        me = await find_account_to_change(tx, account_id=account_id)
        other = await find_account(tx, account_id=target_id)
        if me is None or other is None:
            raise AccountNotFound
        if other.uri in me.also_known_as:
            return
        if len(me.also_known_as) >= MOST_ALIASES:
            raise Invalid(f"There can be {MOST_ALIASES} aliases at most")
        uris = [*me.also_known_as, other.uri]
        await update_aliases(tx, account_id=account_id, uris=uris, at=ctx.now())
        await record(tx, ProfileChanged(account_id=account_id))


async def remove_alias(ctx: Context, *, account_id: int, uri: str) -> None:
    """Name it no longer. What is not there is no error."""
    async with ctx.transaction() as tx:
        me = await find_account_to_change(tx, account_id=account_id)
        if me is None or uri not in me.also_known_as:
            return
        uris = [known for known in me.also_known_as if known != uri]
        await update_aliases(tx, account_id=account_id, uris=uris, at=ctx.now())
        await record(tx, ProfileChanged(account_id=account_id))
