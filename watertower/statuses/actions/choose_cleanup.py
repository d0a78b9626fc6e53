"""Choose what becomes of old posts."""

from watertower.base.context import Context
from watertower.statuses.cleanup import CleanupPolicy, require_good_policy
from watertower.statuses.queries.cleanup import find_policy, upsert_policy


async def choose_cleanup(ctx: Context, *, account_id: int, policy: CleanupPolicy) -> None:
    """Keep the choice; deleting begins within minutes. Raises Invalid."""
    require_good_policy(policy)
    async with ctx.transaction() as tx:
        await upsert_policy(tx, account_id=account_id, policy=policy)


async def cleanup_of(ctx: Context, *, account_id: int) -> CleanupPolicy:
    """What the member chose."""
    async with ctx.reading() as tx:
        return await find_policy(tx, account_id=account_id)
