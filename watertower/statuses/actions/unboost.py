"""Unboost: an account takes its boost back."""

from watertower.base.context import Context
from watertower.base.events import record
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.events import StatusUnboosted
from watertower.statuses.queries.boosts import delete_boost
from watertower.statuses.queries.faces import find_status


async def unboost(ctx: Context, *, actor_id: int, status_id: int) -> int:
    """Take it back, named by the boost or by what was boosted; answers the latter's id.

    Works for what may no longer be seen. Twice is no error. Raises StatusNotFound.
    """
    async with ctx.transaction() as tx:
        status = await find_status(tx, status_id=status_id)
        if status is None:
            raise StatusNotFound
        original_id = status.reblog_of_id or status.id
        gone = await delete_boost(tx, status_id=original_id, account_id=actor_id, at=ctx.now())
        if gone is not None:
            boost_id, uri = gone
            await record(
                tx,
                StatusUnboosted(
                    status_id=boost_id, reblog_of_id=original_id, actor_id=actor_id, uri=uri
                ),
            )
    return original_id
