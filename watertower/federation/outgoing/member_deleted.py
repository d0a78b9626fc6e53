"""A member left for good: every server that may have copies hears a Delete of the actor."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.model import PUBLIC
from watertower.federation.queries.actors import find_actor
from watertower.federation.queries.everywhere import list_one_of_each_inbox


@job(Lane.PUSH)
async def tell_of_member_deletion(ctx: Context, *, account_id: int) -> None:
    """Delete of the actor, as Mastodon sends it: the object is the actor's id."""
    async with ctx.reading() as tx:
        actor = await find_actor(tx, account_id=account_id)
        everywhere = await list_one_of_each_inbox(tx)
    if actor is None or not actor.is_local or not actor.is_deleted:
        return
    await send(
        ctx,
        account_id=account_id,
        activity={
            "id": f"{actor.uri}#delete",
            "type": "Delete",
            "actor": actor.uri,
            "to": [PUBLIC],
            "object": actor.uri,
        },
        audience=Audience(account_ids=everywhere, has_suspended=True),
        replaces_older=True,
    )
