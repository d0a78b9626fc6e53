"""Endorse: a member shows somebody on its profile."""

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.endorsements import delete_endorsement, insert_endorsement
from watertower.accounts.queries.relations import find_pair
from watertower.base.context import Context
from watertower.base.errors import Invalid


async def endorse(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """Show an account; twice is no error. Raises Invalid unless the member follows it."""
    async with ctx.transaction() as tx:
        pair = await find_pair(tx, actor_id=actor_id, target_id=target_id)
        if pair is None:
            raise AccountNotFound
        if not pair.is_following:
            says = "You must be already following the person you want to endorse"
            raise Invalid(f"Validation failed: {says}", details={"base": [("ERR_INVALID", says)]})
        await insert_endorsement(tx, actor_id=actor_id, target_id=target_id, at=ctx.now())


async def unendorse(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """Show it no more; what was not shown is no error."""
    async with ctx.transaction() as tx:
        await delete_endorsement(tx, actor_id=actor_id, target_id=target_id)
