"""A member's profile changed: followers and those who lately dealt with the member hear."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.documents.activities import update_actor
from watertower.federation.documents.actor import actor_document
from watertower.federation.documents.context import ACTOR_CONTEXT
from watertower.federation.queries.actors import find_actor

SETTLED_AFTER = timedelta(seconds=5)  # several changes in a row are told once


@job(Lane.PUSH)
async def tell_of_profile_soon(ctx: Context, *, account_id: int) -> None:
    """Wait for more changes, then tell."""
    async with ctx.reading() as tx:
        actor = await find_actor(tx, account_id=account_id)
    if actor is None or not actor.is_local or actor.id < 0:
        return
    async with ctx.transaction() as tx:
        tx.enqueue(
            tell_of_profile.queued(
                after=SETTLED_AFTER, unique_key=f"profile {account_id}", account_id=account_id
            )
        )


@job(Lane.PUSH)
async def tell_of_profile(ctx: Context, *, account_id: int) -> None:
    """Update of the actor, in its version of the moment."""
    async with ctx.reading() as tx:
        actor = await find_actor(tx, account_id=account_id)
    if actor is None or not actor.is_local or actor.is_deleted:
        return
    document = await actor_document(ctx, account_id=account_id)
    await send(
        ctx,
        account_id=account_id,
        activity=update_actor(document, version=actor.version),
        context=ACTOR_CONTEXT,
        audience=Audience(known_to=account_id, has_suspended=True),
        replaces_older=True,
    )
