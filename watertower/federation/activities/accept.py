"""An Accept: whom a member asked to follow says yes."""

from watertower.accounts.actions.accept_follow import accept_follow
from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.remote.answered import follower_answered


async def receive_accept(ctx: Context, sender: Actor, activity: Document) -> None:
    """The member follows from now on."""
    follower_id = await follower_answered(ctx, sender, activity)
    if follower_id is None:
        raise Ignored("an answer to no question of ours")
    if not await accept_follow(ctx, actor_id=follower_id, target_id=sender.id):
        raise Ignored("the request is not waiting any more")
