"""What accounts do about their own events."""

from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.unfollow import unfollow
from watertower.accounts.queries.deleted import delete_own_ties
from watertower.accounts.queries.invites import find_followed_inviter
from watertower.accounts.queries.moves import list_local_followers
from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.base.queue.job import Lane, job

PAGE = 200


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


@job(Lane.LOCAL)
async def take_followers_along(
    ctx: Context,
    *,
    account_id: int,
    target_id: int,
    move_id: int,  # noqa: ARG001
) -> None:
    """Members here who followed an account that moved follow it where it is now."""
    after = 0
    while True:
        async with ctx.reading() as tx:
            followers = await list_local_followers(
                tx, account_id=account_id, after_id=after, limit=PAGE
            )
        for follow_id, follower_id in followers:
            after = follow_id
            if follower_id == target_id:
                continue
            try:
                await follow(ctx, actor_id=follower_id, target_id=target_id)
            except Refused:
                continue  # blocked, frozen, or follows too many: that member stays as it is
            await unfollow(ctx, actor_id=follower_id, target_id=account_id)
        if len(followers) < PAGE:
            return
