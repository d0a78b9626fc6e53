"""A Move: an account elsewhere goes on under another address, and takes its followers along."""

from datetime import timedelta

from watertower.accounts.access.accounts import account_for
from watertower.accounts.actions.follow import follow
from watertower.accounts.actions.remember_account import remember_move
from watertower.accounts.actions.unfollow import unfollow
from watertower.base.context import Context
from watertower.base.errors import Forbidden, Invalid
from watertower.federation.errors import DocumentRefused, Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.queries.followers import list_local_followers
from watertower.federation.reading import id_of
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.own import own_actor

FRESH = timedelta(minutes=1)
PAGE = 200


async def receive_move(ctx: Context, sender: Actor, activity: Document) -> None:
    """Have our followers follow the new address, if it says that it was the old one."""
    if id_of(activity.get("object")) != sender.uri:
        raise DocumentRefused("Only an account itself can move")
    target_uri = id_of(activity.get("target"))
    if target_uri is None or target_uri == sender.uri:
        raise DocumentRefused("The account moves nowhere")
    target = await own_actor(ctx, target_uri) or await actor_by_uri(
        ctx, target_uri, fresh_since=ctx.now() - FRESH
    )
    named = await account_for(ctx, account_id=target.id)
    if sender.uri not in named.also_known_as:
        raise DocumentRefused("The new account does not say that it was the old one")
    if named.moved_to_account_id is not None:
        raise Ignored("the new account has moved itself")
    await remember_move(ctx, account_id=sender.id, target_id=target.id)
    after = 0
    while True:
        async with ctx.reading() as tx:
            followers = await list_local_followers(
                tx, account_id=sender.id, after_id=after, limit=PAGE
            )
        for follow_id, follower_id in followers:
            after = follow_id
            try:
                await follow(ctx, actor_id=follower_id, target_id=target.id)
            except (Forbidden, Invalid):
                continue  # blocked, frozen, or follows too many: that member stays as it is
            await unfollow(ctx, actor_id=follower_id, target_id=sender.id)
        if len(followers) < PAGE:
            return
