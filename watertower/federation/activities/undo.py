"""An Undo: somebody elsewhere takes something back, given whole or by its id alone."""

from watertower.accounts.actions.reject_follow import reject_follow
from watertower.accounts.actions.unblock import unblock
from watertower.accounts.actions.unfollow import unfollow
from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.queries.known import find_deed
from watertower.federation.reading import id_of, kind_of, object_of
from watertower.federation.remote.own import known_status, own_actor
from watertower.moderation.actions.inbound.receive import receive_deletion
from watertower.statuses.actions.unboost import unboost
from watertower.statuses.actions.unfavourite import unfavourite

UNDONE = ("Follow", "Like", "EmojiReact", "Announce", "Block", "Accept")


async def receive_undo(ctx: Context, sender: Actor, activity: Document) -> None:
    """Reverse what the sender did; what was never done, or is undone already, is ignored."""
    inner = object_of(activity.get("object"))
    uri = id_of(activity.get("object"))
    kind = kind_of(inner, UNDONE) if inner is not None else None
    if inner is None or kind is None:
        await _undo_by_id(ctx, sender, uri)
        return
    if id_of(inner.get("actor")) not in {None, sender.uri}:
        raise Ignored("it was somebody else's deed")
    target = id_of(inner.get("object"))
    if kind in {"Like", "EmojiReact"}:
        if target is None:  # Threads names the star alone
            await _undo_by_id(ctx, sender, uri)
            return
        status = await known_status(ctx, target)
        if status is None:
            raise Ignored("the status is not known")
        await unfavourite(ctx, actor_id=sender.id, status_id=status.id)
    elif kind == "Announce":
        await _unboost(ctx, sender, uri=uri, target=target)
    elif kind == "Accept":
        # Whom a member follows changed its mind.
        follow = object_of(inner.get("object"))
        member = await own_actor(ctx, id_of(follow.get("actor")) if follow else None)
        if member is None:
            raise Ignored("it is not said whose follow is meant")
        await reject_follow(ctx, actor_id=member.id, target_id=sender.id)
    else:
        member = await own_actor(ctx, target)
        if member is None:
            await _undo_by_id(ctx, sender, uri)
        elif kind == "Block" and id_of(inner.get("target")) is not None:
            raise Ignored("a ban from a community or server")
        elif kind == "Follow":
            await unfollow(ctx, actor_id=sender.id, target_id=member.id)
        else:
            await unblock(ctx, actor_id=sender.id, target_id=member.id)


async def _unboost(ctx: Context, sender: Actor, *, uri: str | None, target: str | None) -> None:
    status = await known_status(ctx, uri) or await known_status(ctx, target)
    if status is None:
        if uri is not None:
            # It may still be on its way to us: then it must not take effect.
            await receive_deletion(ctx, uri=uri, actor_id=sender.id)
        raise Ignored("the boost is not known")
    await unboost(ctx, actor_id=sender.id, status_id=status.id)


async def _undo_by_id(ctx: Context, sender: Actor, uri: str | None) -> None:
    if uri is None:
        raise Ignored("it is not said what is undone")
    async with ctx.reading() as tx:
        deed = await find_deed(tx, uri=uri, actor_id=sender.id)
    if deed is None:
        raise Ignored("nothing is known under this id")
    kind, target_id = deed
    if kind == "Follow":
        await unfollow(ctx, actor_id=sender.id, target_id=target_id)
    elif kind == "Block":
        await unblock(ctx, actor_id=sender.id, target_id=target_id)
    elif kind == "Like":
        await unfavourite(ctx, actor_id=sender.id, status_id=target_id)
    else:
        await unboost(ctx, actor_id=sender.id, status_id=target_id)
