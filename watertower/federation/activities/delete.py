"""A Delete: an account elsewhere is gone, or one of its statuses."""

from watertower.accounts.actions.forget_account import forget_account
from watertower.base.context import Context
from watertower.federation.errors import DocumentRefused, Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.reading import id_of, object_of, same_host, uri_of
from watertower.moderation.actions.inbound.receive import receive_deletion


async def receive_delete(ctx: Context, sender: Actor, activity: Document) -> None:
    """Forget it. One that comes before what it deletes is remembered as well."""
    uri = id_of(activity.get("object"))
    if uri is None:
        raise Ignored("it is not said what is deleted")
    if uri == sender.uri:
        if not await forget_account(ctx, account_id=sender.id):
            raise Ignored("the account is gone already")
        return
    if not same_host(uri, sender.uri):
        raise DocumentRefused("The object is not on the actor's host")
    inner = object_of(activity.get("object"))
    older = uri_of(inner.get("atomUri")) if inner else None
    await receive_deletion(ctx, uri=uri, actor_id=sender.id)
    if older is not None and older != uri and same_host(older, sender.uri):
        await receive_deletion(ctx, uri=older, actor_id=sender.id)
