"""Two accounts part: what one had or wanted of the other ends."""

from watertower.accounts.queries.follow_requests import delete_follow_request
from watertower.accounts.queries.follows import delete_follow
from watertower.base.db.transaction import Transaction


async def end_follow(tx: Transaction, *, actor_id: int, target_id: int) -> str | None:
    """Take away the actor's follow and its request; the uri of what was there, or None.

    Announces nothing: who ended it decides what is to be told to whom.
    """
    request = await delete_follow_request(tx, actor_id=actor_id, target_id=target_id)
    uri = await delete_follow(tx, actor_id=actor_id, target_id=target_id)
    if uri is None and request is not None:
        return request.uri or ""
    return uri
