"""A member pinned a status to the profile, or took it down: followers hear."""

import time

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.queries.actors import find_actor
from watertower.federation.queries.told import find_told_status
from watertower.statuses.model import Visibility


@job(Lane.PUSH)
async def tell_of_pin(ctx: Context, *, status_id: int, account_id: int) -> None:
    """Add to the featured collection."""
    await _tell(ctx, "Add", status_id, account_id)


@job(Lane.PUSH)
async def tell_of_unpin(ctx: Context, *, status_id: int, account_id: int) -> None:
    """Remove from the featured collection."""
    await _tell(ctx, "Remove", status_id, account_id)


async def _tell(ctx: Context, kind: str, status_id: int, account_id: int) -> None:
    async with ctx.reading() as tx:
        status = await find_told_status(tx, status_id=status_id)
        actor = await find_actor(tx, account_id=account_id)
    if status is None or actor is None or not status.is_told:
        return
    if status.visibility > Visibility.PRIVATE:
        return
    # Without an id, as Mastodon sends it: the same may be pinned and unpinned many times.
    await send(
        ctx,
        account_id=account_id,
        activity={
            "type": kind,
            "actor": actor.uri,
            "object": status.uri,
            "target": actor.featured_url,
        },
        audience=Audience(followers_of=account_id),
        once_key=f"{kind} {status.uri} {int(time.time()) // 10}",
    )
