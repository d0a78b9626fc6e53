"""A Follow: somebody elsewhere wants to read a member."""

from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.own_keys import INSTANCE_ACCOUNT_ID
from watertower.accounts.errors import MayNotAct, MayNotFollow
from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.outgoing.related import answer_follow
from watertower.federation.reading import id_of
from watertower.federation.relays import is_relay
from watertower.federation.remote.own import own_actor


async def receive_follow(ctx: Context, sender: Actor, activity: Document) -> None:
    """Begin the follow, or have the member decide. The Accept is a reaction.

    A Follow that may not be is answered at once, so that it does not wait over there for ever.
    """
    uri = id_of(activity) or ""
    target = await own_actor(ctx, id_of(activity.get("object")))
    if target is None:
        raise Ignored("a follow of somebody who is not here")
    if target.id == INSTANCE_ACCOUNT_ID and await is_relay(ctx, sender, is_pending=True):
        # A relay of LitePub's kind follows back those that subscribe.
        await answer_follow(ctx, kind="Accept", follower=sender, member=target, uri=uri)
        return
    is_refused = target.id == INSTANCE_ACCOUNT_ID  # the server itself posts nothing
    if not is_refused:
        try:
            await follow(ctx, actor_id=sender.id, target_id=target.id, uri=uri or None)
        except (MayNotFollow, MayNotAct):
            is_refused = True
    if is_refused:
        await answer_follow(ctx, kind="Reject", follower=sender, member=target, uri=uri)
