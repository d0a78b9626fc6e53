"""Favourite: an account stars a status.

Two doors lead here: a person taps the star in an app (client API), or a remote server sends a
Like (inbox). Both get the same rules.
"""

from watertower.accounts.access.standing import require_may_interact
from watertower.base.context import Context
from watertower.base.events import record
from watertower.statuses.access.statuses import status_for
from watertower.statuses.events import StatusFavourited
from watertower.statuses.model import Status
from watertower.statuses.queries.favourites import insert_favourite


async def favourite(
    ctx: Context, *, actor_id: int, status_id: int, uri: str | None = None
) -> Status:
    """Star the status; a boost stands for what it boosts. Starring twice is no error.

    `uri` is the id of the Like for an actor on another server. Raises StatusNotFound,
    MayNotAct.
    """
    async with ctx.transaction() as tx:
        await require_may_interact(tx, account_id=actor_id)
        status = await status_for(tx, viewer_id=actor_id, status_id=status_id)
        if status.reblog_of_id is not None:
            status = await status_for(tx, viewer_id=actor_id, status_id=status.reblog_of_id)
        new_id = await insert_favourite(
            tx, account_id=actor_id, status_id=status.id, uri=uri, at=ctx.now()
        )
        if new_id is not None:
            await record(
                tx,
                StatusFavourited(status_id=status.id, actor_id=actor_id, favourite_id=new_id),
            )
    return status
