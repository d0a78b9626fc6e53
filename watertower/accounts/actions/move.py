"""Move: a member goes on under another address, with or without its followers."""

from datetime import datetime, timedelta

from watertower.accounts.access.standing import require_may_interact
from watertower.accounts.actions.second_factor import require_password
from watertower.accounts.errors import AccountNotFound
from watertower.accounts.events import AccountMoved, ProfileChanged
from watertower.accounts.model import Account
from watertower.accounts.queries.accounts import find_account
from watertower.accounts.queries.moves import find_last_move, insert_move, update_staying
from watertower.accounts.queries.profile import find_account_to_change
from watertower.accounts.queries.remembered import update_moved
from watertower.base.context import Context
from watertower.base.errors import Conflict, Invalid
from watertower.base.events import record

REST = timedelta(days=30)  # between two moves, so that nobody is dragged along every day


async def move_account(ctx: Context, *, login_id: int, password: str, handle: str) -> None:
    """Point to another account and take the followers there.

    The other account must name this one as an alias. Raises WrongPassword, TooMany,
    AccountNotFound, Invalid, Conflict within thirty days of the last move, and MayNotAct while
    moderation stopped the account: nobody takes their followers out of a freeze.
    """
    login = await require_password(ctx, login_id=login_id, password=password)
    await require_rested(ctx, account_id=login.account_id)
    target = await _target(ctx, me=login.account_id, handle=handle)
    async with ctx.transaction() as tx:
        await require_may_interact(tx, account_id=login.account_id)
        me = await find_account_to_change(tx, account_id=login.account_id)
        if me is None:
            raise AccountNotFound
        _require_alias(me, target)
        _require_due(await find_last_move(tx, account_id=me.id), now=ctx.now())
        await update_moved(tx, account_id=me.id, target_id=target.id)
        move_id = await insert_move(tx, account_id=me.id, target_id=target.id, at=ctx.now())
        await record(tx, ProfileChanged(account_id=me.id))
        await record(tx, AccountMoved(account_id=me.id, target_id=target.id, move_id=move_id))


async def redirect_account(ctx: Context, *, login_id: int, password: str, handle: str) -> None:
    """Only point to another account: followers stay. Raises as move_account, but for Conflict."""
    login = await require_password(ctx, login_id=login_id, password=password)
    target = await _target(ctx, me=login.account_id, handle=handle)
    async with ctx.transaction() as tx:
        await require_may_interact(tx, account_id=login.account_id)
        if await find_account_to_change(tx, account_id=login.account_id) is None:
            raise AccountNotFound
        if await update_moved(tx, account_id=login.account_id, target_id=target.id):
            await record(tx, ProfileChanged(account_id=login.account_id))


async def stay(ctx: Context, *, account_id: int) -> None:
    """Point nowhere any more. Followers who went along do not come back by themselves."""
    async with ctx.transaction() as tx:
        if await update_staying(tx, account_id=account_id, at=ctx.now()):
            await record(tx, ProfileChanged(account_id=account_id))


async def may_move_from(ctx: Context, *, account_id: int) -> datetime | None:
    """When the next move is allowed; None: now."""
    async with ctx.reading() as tx:
        last = await find_last_move(tx, account_id=account_id)
    return None if last is None or last + REST <= ctx.now() else last + REST


async def require_rested(ctx: Context, *, account_id: int) -> None:
    """Conflict if the last move was less than thirty days ago."""
    if await may_move_from(ctx, account_id=account_id) is not None:
        raise Conflict(_TOO_SOON)


_TOO_SOON = "Your last move was less than 30 days ago"


def _require_due(last: datetime | None, *, now: datetime) -> None:
    if last is not None and last + REST > now:
        raise Conflict(_TOO_SOON)


async def _target(ctx: Context, *, me: int, handle: str) -> Account:
    """The other account, as it is this minute."""
    target_id = await ctx.remote.find_account(handle.strip().removeprefix("@"))
    if target_id is None:
        raise AccountNotFound("There is no such account, or its server cannot be reached")
    if target_id == me:
        raise Invalid("This is the account that you are signed in with")
    await ctx.remote.refresh_account(target_id)
    async with ctx.reading() as tx:
        found = await find_account(tx, account_id=target_id)
    if found is None or found.is_suspended or found.deleted_at is not None:
        raise AccountNotFound("There is no such account, or its server cannot be reached")
    if found.moved_to_account_id is not None:
        raise Invalid("That account has moved elsewhere itself")
    return found


def _require_alias(me: Account, target: Account) -> None:
    if me.uri not in target.also_known_as:
        raise Invalid("That account does not name this one as an alias yet")
