"""Lets everybody in who waits, when a member stops deciding about followers."""

from watertower.accounts.access.accounts import account_for
from watertower.accounts.queries.follow_requests import list_follow_requests
from watertower.accounts.queries.relations import find_pair, lock_pair
from watertower.accounts.steps.accept import accept
from watertower.base.context import Context
from watertower.base.paging import Page
from watertower.base.queue.job import Lane, job

AT_ONCE = 100


@job(Lane.LOCAL)
async def accept_waiting(ctx: Context, *, account_id: int) -> None:
    """Accept each request by itself; those of limited accounts go on waiting."""
    page = Page(limit=AT_ONCE)
    while not (await account_for(ctx, account_id=account_id)).is_locked:
        async with ctx.reading() as reading:
            waiting = await list_follow_requests(reading, account_id=account_id, page=page)
        for actor_id, _ in waiting:
            async with ctx.transaction() as tx:
                await lock_pair(tx, actor_id=actor_id, target_id=account_id)
                pair = await find_pair(tx, actor_id=actor_id, target_id=account_id)
                if pair is not None and not pair.actor_is_limited:
                    await accept(tx, actor_id=actor_id, target_id=account_id, at=ctx.now())
        if len(waiting) < AT_ONCE:
            return
        page = Page(limit=AT_ONCE, before_id=waiting[-1][1])
