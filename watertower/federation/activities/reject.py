"""A Reject: whom a member asked to follow says no, or does not want it as a follower any more."""

from watertower.accounts.actions.reject_follow import reject_follow
from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.relays import relay_answered
from watertower.federation.remote.answered import follower_answered
from watertower.federation.remote.quote_answered import quote_answered
from watertower.statuses.actions.settle_quote import settle_quote


async def receive_reject(ctx: Context, sender: Actor, activity: Document) -> None:
    """The request, or the follow, ends; what may not be quoted is not shown."""
    quote = await quote_answered(ctx, sender, activity)
    if quote is not None:
        state = "rejected" if quote.state == "pending" else "revoked"
        await settle_quote(ctx, status_id=quote.status_id, state=state)
        return
    if await relay_answered(ctx, sender, activity, state="rejected"):
        return
    follower_id = await follower_answered(ctx, sender, activity)
    if follower_id is None:
        raise Ignored("an answer to no question of ours")
    if not await reject_follow(ctx, actor_id=follower_id, target_id=sender.id):
        raise Ignored("there is no such follow any more")
