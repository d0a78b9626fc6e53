"""What accounts do about their own events."""

from watertower.accounts.actions.follow import follow
from watertower.accounts.queries.deleted import delete_own_ties
from watertower.accounts.queries.invites import find_followed_inviter
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job


@job(Lane.LOCAL)
async def follow_inviter(ctx: Context, *, account_id: int) -> None:
    """A new member follows who invited them, where the invitation says so. Twice is no error."""
    async with ctx.reading() as tx:
        inviter_id = await find_followed_inviter(tx, account_id=account_id)
    if inviter_id is not None:
        await follow(ctx, actor_id=account_id, target_id=inviter_id)


@job(Lane.LOCAL)
async def forget_ties_of_member(ctx: Context, *, account_id: int) -> None:
    """A member was deleted: follows, blocks and the like end. Twice is no error."""
    async with ctx.transaction() as tx:
        await delete_own_ties(tx, account_id=account_id)
