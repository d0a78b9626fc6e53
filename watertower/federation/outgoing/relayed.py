"""Relays of LitePub's kind are told of public posts by an Announce of the server itself."""

from watertower.accounts.actions.own_keys import INSTANCE_ACCOUNT_ID
from watertower.base.context import Context
from watertower.federation.delivery.send import Audience, send
from watertower.federation.documents.activities import announce
from watertower.federation.model import PUBLIC
from watertower.federation.queries.told import find_told_status
from watertower.federation.relays import relay_inboxes
from watertower.statuses.model import Visibility


async def tell_relays_of_status(ctx: Context, *, status_id: int) -> None:
    """Announce, to relays that want only that; the others get the Create.

    One query where there are no such relays. Safe to run twice.
    """
    inboxes = await relay_inboxes(ctx, style="litepub")
    if not inboxes:
        return
    async with ctx.reading() as tx:
        status = await find_told_status(tx, status_id=status_id)
    if (
        status is None
        or not status.is_told
        or status.is_deleted
        or status.reblog_of_id is not None
        or status.visibility != Visibility.PUBLIC
    ):
        return
    actor_uri = f"{ctx.settings.base_url}/actor"
    await send(
        ctx,
        account_id=INSTANCE_ACCOUNT_ID,
        activity=announce(
            uri=f"{actor_uri}#announces/{status_id}",
            actor_uri=actor_uri,
            object_uri=status.uri,
            to=[PUBLIC],
            cc=[],
            at=ctx.now(),
        ),
        audience=Audience(inbox_urls=inboxes),
    )
