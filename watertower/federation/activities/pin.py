"""Add and Remove: somebody elsewhere pins a status to the profile, or takes it down."""

from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.queries.known import has_local_follower
from watertower.federation.reading import id_of, same_host
from watertower.federation.remote.note import status_by_uri
from watertower.federation.remote.own import known_status
from watertower.statuses.actions.pin import pin, unpin


async def receive_add(ctx: Context, sender: Actor, activity: Document) -> None:
    """Pin the sender's own status."""
    uri = _featured(sender, activity)
    status = await known_status(ctx, uri)
    if status is None:
        async with ctx.reading() as tx:
            if not await has_local_follower(tx, account_id=sender.id):
                raise Ignored("a pin that nobody here would see")
        status = await status_by_uri(ctx, uri)
    if status.account_id != sender.id:
        raise Ignored("not a status of the one who pins it")
    await pin(ctx, actor_id=sender.id, status_id=status.id)


async def receive_remove(ctx: Context, sender: Actor, activity: Document) -> None:
    """Unpin it."""
    status = await known_status(ctx, _featured(sender, activity))
    if status is None or status.account_id != sender.id:
        raise Ignored("the status is not known")
    await unpin(ctx, actor_id=sender.id, status_id=status.id)


def _featured(sender: Actor, activity: Document) -> str:
    """The status that is put into or taken out of the sender's own pinned ones."""
    if not sender.featured_url or id_of(activity.get("target")) != sender.featured_url:
        raise Ignored("a collection that we do not keep")
    uri = id_of(activity.get("object"))
    if uri is None or not same_host(uri, sender.uri):
        raise Ignored("not a status of the one who pins it")
    return uri
