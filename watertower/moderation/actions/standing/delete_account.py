"""Delete for good: a suspended account goes before its thirty days are over."""

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.standing import find_standing
from watertower.base.context import Context
from watertower.moderation.errors.standing import MayNotBePurged, NotOnOneself
from watertower.moderation.steps.purge import purge_in


async def delete_account(ctx: Context, *, actor_id: int, account_id: int, reason: str) -> None:
    """Purge now. Raises AccountNotFound, NotOnOneself, MayNotBePurged.

    Only what is suspended can be deleted, and nothing while an appeal runs.
    """
    if actor_id == account_id:
        raise NotOnOneself
    async with ctx.transaction() as tx:
        if await find_standing(tx, account_id=account_id) is None:
            raise AccountNotFound
        if not await purge_in(
            tx,
            ctx,
            account_id=account_id,
            suspended_before=ctx.now(),
            actor_id=actor_id,
            reason=reason,
        ):
            raise MayNotBePurged
