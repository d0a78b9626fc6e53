"""A Block: somebody elsewhere wants nothing to do with a member."""

from watertower.accounts.actions.block import block
from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.reading import id_of
from watertower.federation.remote.own import own_actor


async def receive_block(ctx: Context, sender: Actor, activity: Document) -> None:
    """Keep the block; follows end in both directions.

    With a `target` it is a ban that a moderator of Lemmy decides: no deed of that person.
    """
    if id_of(activity.get("target")) is not None:
        raise Ignored("a ban from a community or server")
    target = await own_actor(ctx, id_of(activity.get("object")))
    if target is None or target.id < 0:
        raise Ignored("a block of somebody who is not here")
    await block(ctx, actor_id=sender.id, target_id=target.id, uri=id_of(activity))
