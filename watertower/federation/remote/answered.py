"""Which of our follows an Accept or Reject answers: by its id, or embedded in any size."""

from watertower.base.context import Context
from watertower.federation.model import Actor, Document
from watertower.federation.queries.known import find_follow_of_target
from watertower.federation.reading import id_of, object_of, types_of
from watertower.federation.remote.own import own_actor


async def follower_answered(ctx: Context, sender: Actor, activity: Document) -> int | None:
    """The member whose follow of the sender is meant; None if it is none of ours."""
    inner = object_of(activity.get("object"))
    uri = id_of(activity.get("object"))
    if uri is not None:
        async with ctx.reading() as tx:
            found = await find_follow_of_target(tx, uri=uri, target_id=sender.id)
        if found is not None:
            return found.actor_id
    if inner is None or (types_of(inner) and "Follow" not in types_of(inner)):
        return None
    if id_of(inner.get("object")) not in {None, sender.uri}:
        return None
    member = await own_actor(ctx, id_of(inner.get("actor")))
    return None if member is None else member.id
