"""An Update: somebody elsewhere changed a profile or a status, or counted votes."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.federation.errors import DocumentRefused, Ignored
from watertower.federation.model import (
    ACTOR_TYPES,
    CONVERTED_TYPES,
    STATUS_TYPES,
    Actor,
    Document,
)
from watertower.federation.reading import id_of, kind_of, object_of
from watertower.federation.remote.actor import actor_by_uri, remember_actor
from watertower.federation.remote.concerns_us import concerns_us
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.note import remember_note, remember_note_edit
from watertower.federation.remote.own import known_status
from watertower.federation.remote.read_note import read_note, within

STILL_NEW = timedelta(days=1)


async def receive_update(ctx: Context, sender: Actor, activity: Document) -> None:
    """Write down what is new of what we know."""
    uri = id_of(activity.get("object"))
    document: Document | None = object_of(activity.get("object"))
    if uri is None:
        raise Ignored("it is not said what was changed")
    if uri == sender.uri:
        if document is not None and kind_of(document, ACTOR_TYPES) is not None:
            await remember_actor(ctx, document)
        else:
            await actor_by_uri(ctx, uri, fresh_since=ctx.now())
        return
    known = await known_status(ctx, uri)
    if known is not None and known.account_id != sender.id:
        raise DocumentRefused("The status is somebody else's")
    if document is None or kind_of(document, STATUS_TYPES | CONVERTED_TYPES) is None:
        if known is None:
            raise Ignored("a change of something that is not known")
        document = (await fetch_document(ctx, uri)).document
    if known is not None:
        await remember_note_edit(ctx, sender, document)
        return
    document = within(activity, document, sender.followers_url)
    note = read_note(document, followers_url=sender.followers_url, sender_uri=sender.uri)
    if note.created_at is None or ctx.now() - note.created_at > STILL_NEW:
        raise Ignored("a change of something old that is not known")
    if not await concerns_us(ctx, sender, note):
        raise Ignored("nobody here follows or is addressed")
    await remember_note(ctx, sender, document)
