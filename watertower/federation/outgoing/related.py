"""Follows, answers to them, and blocks between a member and somebody elsewhere.

In every event about a follow `actor_id` follows and `target_id` is followed. We tell only what
the member on our side did: what the other side did, it knows.
"""

import secrets

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.documents.activities import answer, simple, undo
from watertower.federation.model import Actor
from watertower.federation.queries.actors import list_actors
from watertower.federation.queries.told import find_block_uri, find_follow_request_uri


@job(Lane.PUSH)
async def ask_to_follow(
    ctx: Context, *, follow_request_id: int, actor_id: int, target_id: int
) -> None:
    """Follow, to the server of whom a member wants to follow."""
    pair = await _ours_and_theirs(ctx, ours=actor_id, theirs=target_id)
    if pair is None:
        return
    actor, target = pair
    async with ctx.reading() as tx:
        uri = await find_follow_request_uri(tx, follow_request_id=follow_request_id)
    if uri is None:
        return  # taken back meanwhile
    follow = simple("Follow", uri=_uri(uri, actor, target), actor_uri=actor.uri, target=target.uri)
    await send(
        ctx, account_id=actor.id, activity=follow, audience=Audience(account_ids=[target.id])
    )


@job(Lane.PUSH)
async def tell_of_unfollow(ctx: Context, *, actor_id: int, target_id: int, uri: str) -> None:
    """Undo of the Follow, embedded: some servers cannot read it by its id alone."""
    pair = await _ours_and_theirs(ctx, ours=actor_id, theirs=target_id)
    if pair is None:
        return
    actor, target = pair
    follow = simple("Follow", uri=_uri(uri, actor, target), actor_uri=actor.uri, target=target.uri)
    await send(
        ctx,
        account_id=actor.id,
        activity=undo(follow),
        audience=Audience(account_ids=[target.id]),
    )


@job(Lane.PUSH)
async def tell_of_acceptance(ctx: Context, *, actor_id: int, target_id: int, uri: str) -> None:
    """Accept, to the server of who follows a member."""
    await _answer(ctx, "Accept", follower_id=actor_id, member_id=target_id, uri=uri)


@job(Lane.PUSH)
async def tell_of_rejection(ctx: Context, *, actor_id: int, target_id: int, uri: str) -> None:
    """Reject, to the server of whom a member does not want as a follower."""
    await _answer(ctx, "Reject", follower_id=actor_id, member_id=target_id, uri=uri)


async def answer_follow(
    ctx: Context, *, kind: str, follower: Actor, member: Actor, uri: str
) -> None:
    """Accept or Reject a Follow. Its id is our own and new each time: it may be asked again."""
    follow = simple(
        "Follow", uri=_uri(uri, follower, member), actor_uri=follower.uri, target=member.uri
    )
    folder = "accepts" if kind == "Accept" else "rejects"
    answer_uri = f"{member.uri}#{folder}/follows/{secrets.token_hex(8)}"
    await send(
        ctx,
        account_id=member.id,
        activity=answer(kind, uri=answer_uri, actor_uri=member.uri, follow=follow),
        audience=Audience(account_ids=[follower.id]),
    )


@job(Lane.PUSH)
async def tell_of_block(ctx: Context, *, actor_id: int, target_id: int) -> None:
    """Block, to the server of whom a member blocks, so that it stops showing the member."""
    pair = await _ours_and_theirs(ctx, ours=actor_id, theirs=target_id)
    if pair is None:
        return
    actor, target = pair
    async with ctx.reading() as tx:
        uri = await find_block_uri(tx, actor_id=actor_id, target_id=target_id)
    if uri is None:
        return
    block = simple(
        "Block", uri=_block_uri(uri, actor, target), actor_uri=actor.uri, target=target.uri
    )
    await send(ctx, account_id=actor.id, activity=block, audience=Audience(account_ids=[target.id]))


@job(Lane.PUSH)
async def tell_of_unblock(ctx: Context, *, actor_id: int, target_id: int, uri: str) -> None:
    """Undo of the Block."""
    pair = await _ours_and_theirs(ctx, ours=actor_id, theirs=target_id)
    if pair is None:
        return
    actor, target = pair
    block = simple(
        "Block", uri=_block_uri(uri, actor, target), actor_uri=actor.uri, target=target.uri
    )
    await send(
        ctx,
        account_id=actor.id,
        activity=undo(block),
        audience=Audience(account_ids=[target.id]),
    )


async def _answer(ctx: Context, kind: str, *, follower_id: int, member_id: int, uri: str) -> None:
    pair = await _ours_and_theirs(ctx, ours=member_id, theirs=follower_id)
    if pair is not None:
        member, follower = pair
        await answer_follow(ctx, kind=kind, follower=follower, member=member, uri=uri)


async def _ours_and_theirs(ctx: Context, *, ours: int, theirs: int) -> tuple[Actor, Actor] | None:
    """Both accounts, if the first is a member and the second is elsewhere."""
    async with ctx.reading() as tx:
        found = await list_actors(tx, account_ids=[ours, theirs])
    member, other = found.get(ours), found.get(theirs)
    if member is None or other is None or not member.is_local or other.is_local:
        return None
    return member, other


def _uri(uri: str, actor: Actor, target: Actor) -> str:
    return uri or f"{actor.uri}#follows/{target.id}"


def _block_uri(uri: str, actor: Actor, target: Actor) -> str:
    return uri or f"{actor.uri}#blocks/{target.id}"
