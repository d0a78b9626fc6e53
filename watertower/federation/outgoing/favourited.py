"""A member starred a status from elsewhere, or took that back: its author's server hears."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.documents.activities import simple, undo
from watertower.federation.queries.actors import find_actor
from watertower.federation.queries.told import find_told_status


@job(Lane.PUSH)
async def tell_of_favourite(
    ctx: Context, *, status_id: int, actor_id: int, favourite_id: int
) -> None:
    """Like, to the author."""
    await _tell(ctx, status_id, actor_id, favourite_id, is_undone=False)


@job(Lane.PUSH)
async def tell_of_unfavourite(
    ctx: Context, *, status_id: int, actor_id: int, favourite_id: int
) -> None:
    """Undo of the Like, to the author."""
    await _tell(ctx, status_id, actor_id, favourite_id, is_undone=True)


async def _tell(
    ctx: Context, status_id: int, actor_id: int, favourite_id: int, *, is_undone: bool
) -> None:
    async with ctx.reading() as tx:
        status = await find_told_status(tx, status_id=status_id)
        actor = await find_actor(tx, account_id=actor_id)
    if status is None or actor is None or not actor.is_local or status.author_domain is None:
        return
    like = simple(
        "Like",
        uri=f"{actor.uri}#likes/{favourite_id}",
        actor_uri=actor.uri,
        target=status.uri,
    )
    await send(
        ctx,
        account_id=actor_id,
        activity=undo(like) if is_undone else like,
        audience=Audience(account_ids=[status.account_id]),
    )
