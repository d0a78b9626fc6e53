"""A Delete: an account elsewhere is gone, or one of its statuses."""

from watertower.accounts.actions.forget_account import forget_account
from watertower.base.context import Context
from watertower.federation.errors import DocumentRefused, Ignored
from watertower.federation.model import Actor, Document
from watertower.federation.queries.quotes import (
    find_stamp_at,
    update_stamp_revoked,
)
from watertower.federation.reading import id_of, object_of, same_host, uri_of
from watertower.federation.remote.own import known_status
from watertower.moderation.actions.inbound.receive import receive_deletion
from watertower.statuses.actions.settle_quote import settle_quote


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
    await _revoke_quote(ctx, sender, uri)
    inner = object_of(activity.get("object"))
    older = uri_of(inner.get("atomUri")) if inner else None
    await receive_deletion(ctx, uri=uri, actor_id=sender.id)
    if older is not None and older != uri and same_host(older, sender.uri):
        await receive_deletion(ctx, uri=older, actor_id=sender.id)


async def _revoke_quote(ctx: Context, sender: Actor, uri: str) -> None:
    """If a stamp is deleted: what it let be quoted is not shown any more (FEP-044f)."""
    async with ctx.transaction() as tx:
        stamp = await find_stamp_at(tx, uri=uri)
        if stamp is None or stamp.quoted_account_id != sender.id:
            return
        await update_stamp_revoked(
            tx,
            quoting_uri=stamp.quoting_uri,
            quoted_id=stamp.quoted_status_id,
            at=ctx.now(),
        )
    quoting = await known_status(ctx, stamp.quoting_uri)
    if quoting is not None:
        await settle_quote(ctx, status_id=quoting.id, state="revoked")
