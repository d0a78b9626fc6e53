"""An Accept: whom a member asked to follow, or to quote, says yes."""

from watertower.accounts.actions.accept_follow import accept_follow
from watertower.base.context import Context
from watertower.federation.errors import DocumentRefused, Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.reading import id_of
from watertower.federation.relays import relay_answered
from watertower.federation.remote.answered import follower_answered
from watertower.federation.remote.quote_answered import quote_answered
from watertower.federation.remote.stamps import judge_stamp


async def receive_accept(ctx: Context, sender: Actor, activity: Document) -> None:
    """The member follows from now on, or quotes, if the stamp that is named is a good one."""
    quote = await quote_answered(ctx, sender, activity)
    if quote is not None:
        stamp_uri = id_of(activity.get("result"))
        if stamp_uri is None or not await judge_stamp(ctx, quote, stamp_uri):
            raise DocumentRefused("The leave to quote could not be confirmed")
        return
    if await relay_answered(ctx, sender, activity, state="accepted"):
        return
    follower_id = await follower_answered(ctx, sender, activity)
    if follower_id is None:
        raise Ignored("an answer to no question of ours")
    if not await accept_follow(ctx, actor_id=follower_id, target_id=sender.id):
        raise Ignored("the request is not waiting any more")
