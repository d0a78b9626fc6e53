"""A request becomes a follow."""

from datetime import datetime

from watertower.accounts.events import FollowAccepted, Followed
from watertower.accounts.queries.follow_requests import delete_follow_request
from watertower.accounts.queries.follows import insert_follow
from watertower.base.db.transaction import Transaction
from watertower.base.events import record


async def accept(tx: Transaction, *, actor_id: int, target_id: int, at: datetime) -> bool:
    """Turn what the actor asked of the target into a follow; False if nothing was asked."""
    request = await delete_follow_request(tx, actor_id=actor_id, target_id=target_id)
    if request is None:
        return False
    new_id = await insert_follow(
        tx,
        actor_id=actor_id,
        target_id=target_id,
        shows_reblogs=request.shows_reblogs,
        notifies=request.notifies,
        languages=request.languages,
        uri=request.uri,
        at=at,
    )
    if new_id is not None:
        await record(tx, Followed(new_id, actor_id, target_id))
    await record(tx, FollowAccepted(actor_id, target_id, request.uri or ""))
    return True
