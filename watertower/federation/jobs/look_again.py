"""Look again at the profile of somebody elsewhere that we have not looked at for a day."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.remote.actor import refresh_actor


@job(Lane.PULL, attempts=3)
async def look_again(ctx: Context, *, account_id: int) -> None:
    """Fetch and write down what is new; a profile that is fresh by now is left alone."""
    await refresh_actor(ctx, account_id=account_id)
