"""Send an activity: written with its deliveries in one transaction, carried out by deliver.py."""

from typing import Any

from watertower.base.context import Context
from watertower.federation.documents.activities import packed
from watertower.federation.documents.context import AS
from watertower.federation.queries.outgoing import Audience, insert_outgoing

__all__ = ["Audience", "send"]


async def send(
    ctx: Context,
    *,
    account_id: int,
    activity: dict[str, Any],
    audience: Audience,
    context: Any = AS,
    once_key: str | None = None,
    replaces_older: bool = False,
    syncs_followers: bool = False,
    status_id: int | None = None,
) -> int:
    """Have it delivered to this audience; answers to how many inboxes.

    Sending what has the same id (or `once_key`) again does nothing. `replaces_older`: what still
    waits about the same object is not worth delivering any more. `syncs_followers`: it is for
    followers, and tells each server which ones those are there (FEP-8fcf). With a
    `status_id` it is kept for the author where it arrived.
    """
    target = activity.get("object")
    object_uri = target.get("id") if isinstance(target, dict) else target
    async with ctx.transaction() as tx:
        return await insert_outgoing(
            tx,
            account_id=account_id,
            document=packed(activity, context=context),
            once_key=once_key or activity["id"],
            audience=audience,
            only_allowed=ctx.settings.federation.limited,
            at=ctx.now(),
            object_uri=object_uri if replaces_older else None,
            syncs_followers=syncs_followers,
            status_id=status_id,
        )
