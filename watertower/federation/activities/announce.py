"""An Announce: somebody elsewhere boosts a status, ours or another's."""

from watertower.base.context import Context
from watertower.federation.errors import Ignored
from watertower.federation.model import CONVERTED_TYPES, STATUS_TYPES, Actor, Document
from watertower.federation.queries.known import has_local_follower
from watertower.federation.reading import id_of, moment_of, object_of, types_of
from watertower.federation.remote.note import status_by_uri
from watertower.federation.remote.own import known_status
from watertower.federation.remote.read_note import visibility_of
from watertower.statuses.actions.boost import boost


async def receive_announce(ctx: Context, sender: Actor, activity: Document) -> None:
    """Record the boost; what is not known is fetched if a member follows the booster."""
    uri, target = id_of(activity), id_of(activity.get("object"))
    inner = object_of(activity.get("object"))
    kinds = set(types_of(inner)) if inner is not None else set()
    if kinds and not kinds & (STATUS_TYPES | CONVERTED_TYPES):
        raise Ignored("a boost of something that is no status")
    if uri is None or target is None:
        raise Ignored("it is not said what is boosted")
    status = await known_status(ctx, target)
    async with ctx.reading() as tx:
        is_followed = await has_local_follower(tx, account_id=sender.id)
    if not is_followed and (status is None or not status.is_local):
        raise Ignored("a boost that nobody here would see")
    if status is None:
        # What is embedded is not believed: it may be anybody's. Only its id is used.
        status = await status_by_uri(ctx, target)
    await boost(
        ctx,
        actor_id=sender.id,
        status_id=status.id,
        visibility=visibility_of(activity, sender.followers_url),
        uri=uri,
        at=moment_of(activity.get("published")),
    )
