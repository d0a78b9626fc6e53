"""Forget: another server says that a status or boost of one of its accounts is gone."""

from urllib.parse import urlsplit

from watertower.base.context import Context
from watertower.statuses.queries.deletions import insert_tombstone
from watertower.statuses.queries.known import find_status_by_uri
from watertower.statuses.steps.remove import remove_status


async def forget(ctx: Context, *, uri: str, actor_id: int, actor_uri: str = "") -> bool:
    """Take away what the actor wrote under this uri; whether there was anything.

    It cannot come back: what is not here yet is remembered as deleted, if its address is on the
    server of `actor_uri` (empty: the door has compared them).
    """
    if actor_uri and urlsplit(uri).netloc.lower() != urlsplit(actor_uri).netloc.lower():
        return False
    async with ctx.transaction() as tx:
        status = await find_status_by_uri(tx, uri=uri)
        if status is not None:
            if status.account_id != actor_id or status.is_local:
                return False
            await remove_status(tx, ctx, status=status)
        await insert_tombstone(tx, uri=uri, account_id=actor_id)
    return status is not None
