"""Reject a follow: the one who was asked says no, here or by a Reject from its server."""

from watertower.accounts.events import FollowRejected
from watertower.accounts.queries.follow_requests import delete_follow_request
from watertower.accounts.queries.relations import lock_pair
from watertower.accounts.steps.part import end_follow
from watertower.base.context import Context
from watertower.base.events import record


async def reject_follow(
    ctx: Context, *, actor_id: int, target_id: int, only_request: bool = False
) -> bool:
    """The target refuses the actor; False if there was nothing to refuse.

    `actor_id` is the follower, `target_id` decides. A Reject may also come after an Accept: the
    follow ends, unless `only_request` says that only a request is meant.
    """
    async with ctx.transaction() as tx:
        await lock_pair(tx, actor_id=actor_id, target_id=target_id)
        uri: str | None
        if only_request:
            request = await delete_follow_request(tx, actor_id=actor_id, target_id=target_id)
            uri = None if request is None else request.uri or ""
        else:
            uri = await end_follow(tx, actor_id=actor_id, target_id=target_id)
        if uri is not None:
            await record(tx, FollowRejected(actor_id, target_id, uri))
    return uri is not None
