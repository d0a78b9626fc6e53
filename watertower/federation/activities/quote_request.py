"""A QuoteRequest: somebody elsewhere wants to quote a status of a member (FEP-044f)."""

from watertower.base.context import Context
from watertower.federation.errors import DocumentRefused, Ignored
from watertower.federation.model import STATUS_TYPES, Actor, Document
from watertower.federation.outgoing.quotes import answer_quote
from watertower.federation.queries.quotes import find_stamp_of, insert_own_stamp
from watertower.federation.reading import id_of, kind_of, object_of, same_host
from watertower.federation.remote.note import remember_note
from watertower.federation.remote.own import known_status
from watertower.federation.remote.read_note import read_note
from watertower.statuses.access.quotes import may_be_quoted_by
from watertower.statuses.actions.settle_quote import settle_quote
from watertower.statuses.model import Visibility


async def receive_quote_request(ctx: Context, sender: Actor, activity: Document) -> None:
    """Answer at once by the author's policy; asked again, the answer is the same."""
    uri, quoting_uri = id_of(activity), id_of(activity.get("instrument"))
    quoted = await known_status(ctx, id_of(activity.get("object")))
    if uri is None or quoting_uri is None:
        raise Ignored("it is not said what quotes")
    if not same_host(quoting_uri, sender.uri):
        raise DocumentRefused("The quoting status is not on the actor's host")
    if quoted is None or not quoted.is_local:
        raise Ignored("a quote of nothing that is here")
    known = await known_status(ctx, quoting_uri)
    if known is not None and known.account_id != sender.id:
        raise DocumentRefused("The quoting status is somebody else's")
    stamp_uri = None
    if await may_be_quoted_by(ctx, account_id=sender.id, status_id=quoted.id):
        stamp_uri = await _stamp(ctx, quoting_uri, quoted.id)
    if known is not None:
        await settle_quote(ctx, status_id=known.id, state="accepted" if stamp_uri else "rejected")
    elif stamp_uri is not None:
        await _keep(ctx, sender, activity)
    await answer_quote(
        ctx,
        asker=sender,
        member_id=quoted.account_id,
        request_uri=uri,
        quoted_uri=quoted.uri,
        quoting_uri=quoting_uri,
        stamp_uri=stamp_uri,
    )


async def _stamp(ctx: Context, quoting_uri: str, quoted_id: int) -> str | None:
    """The address of the stamp; None if the author took it back before."""
    async with ctx.transaction() as tx:
        await insert_own_stamp(tx, quoting_uri=quoting_uri, quoted_id=quoted_id, at=ctx.now())
        found = await find_stamp_of(tx, quoting_uri=quoting_uri, quoted_id=quoted_id)
    return None if found is None or found.is_revoked else found.uri


async def _keep(ctx: Context, sender: Actor, activity: Document) -> None:
    """The quoting status, where it came along whole and is for everybody."""
    note = object_of(activity.get("instrument"))
    if note is None or kind_of(note, STATUS_TYPES) is None:
        return
    read = read_note(note, followers_url=sender.followers_url, sender_uri=sender.uri)
    if read.author_uri == sender.uri and read.visibility <= Visibility.UNLISTED:
        await remember_note(ctx, sender, note)
