"""A member moved: followers elsewhere are asked to go along."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.queries.actors import find_actor


@job(Lane.PUSH)
async def tell_of_move(ctx: Context, *, account_id: int, target_id: int, move_id: int) -> None:
    """Move, as Mastodon sends it: `object` is the old actor, `target` the new one."""
    async with ctx.reading() as tx:
        actor = await find_actor(tx, account_id=account_id)
        target = await find_actor(tx, account_id=target_id)
    if actor is None or target is None or not actor.is_local or actor.is_deleted:
        return
    await send(
        ctx,
        account_id=account_id,
        activity={
            "id": f"{actor.uri}#moves/{move_id}",
            "type": "Move",
            "actor": actor.uri,
            "to": [actor.followers_url],
            "object": actor.uri,
            "target": target.uri,
        },
        audience=Audience(followers_of=account_id),
    )
