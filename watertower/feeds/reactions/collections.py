"""What follows from collections, and what blocks do to them."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.queries.collections import find_item, revoke_between
from watertower.feeds.steps.notify import notify


@job(Lane.LOCAL)
async def notify_of_collection(ctx: Context, *, item_id: int) -> None:
    """Tell somebody that they were put into a collection."""
    async with ctx.transaction() as tx:
        found = await find_item(tx, item_id=item_id)
        if found is None:
            return
        collection_id, owner_id, account_id = found
        await notify(
            tx,
            ctx,
            account_id=account_id,
            from_account_id=owner_id,
            kind="added_to_collection",
            status_id=None,
            subject_id=collection_id,
        )


@job(Lane.LOCAL)
async def part_collections(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """A block: neither stays in a collection of the other."""
    async with ctx.transaction() as tx:
        await revoke_between(tx, account_id=actor_id, other_id=target_id)
