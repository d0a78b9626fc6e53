"""Keep homes at their size, and forget those of members who are away."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.feeds.queries.home import delete_old_from_homes
from watertower.feeds.rules import AWAY_AFTER, HOME_SIZE

MEMBERS_IN_A_TURN = 500


@job(Lane.SCHEDULED)
async def trim_homes(ctx: Context) -> None:
    """Go through all members, some hundred in each transaction."""
    away_since = ctx.now() - AWAY_AFTER
    after: int | None = 0
    while after is not None:
        async with ctx.transaction() as tx:
            after = await delete_old_from_homes(
                tx,
                after_account_id=after,
                members=MEMBERS_IN_A_TURN,
                keep=HOME_SIZE,
                away_since=away_since,
            )
