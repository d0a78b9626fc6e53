"""A Create: somebody elsewhere posts, or votes in a poll of ours."""

from watertower.base.context import Context
from watertower.base.errors import Busy, Refused, Unreachable
from watertower.federation.errors import DocumentRefused, Ignored
from watertower.federation.model import CONVERTED_TYPES, STATUS_TYPES, Actor, Document
from watertower.federation.queries.known import find_options
from watertower.federation.reading import id_of, kind_of, object_of, objects_of, same_host
from watertower.federation.remote.concerns_us import concerns_us
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.note import remember_note
from watertower.federation.remote.own import known_status
from watertower.federation.remote.read_note import ReadNote, is_vote, read_note, within
from watertower.statuses.actions.vote import vote

OBJECTS_LIMIT = 50


async def receive_create(ctx: Context, sender: Actor, activity: Document) -> None:
    """Keep the status, if it concerns anybody here; count the vote, if it is one.

    GoToSocial sends the votes of one person together; each stands for itself.
    """
    several = objects_of(activity.get("object"))[:OBJECTS_LIMIT]
    if len(several) < 2:
        await _receive_one(ctx, sender, activity)
        return
    is_any_taken, refusal = False, None
    for one in several:
        try:
            await _receive_one(ctx, sender, {**activity, "object": one})
            is_any_taken = True
        except (Unreachable, Busy):
            raise  # all come again, and those that were taken are known then
        except Refused as refused:
            refusal = refused
    if refusal is not None and not is_any_taken:
        raise refusal


async def _receive_one(ctx: Context, sender: Actor, activity: Document) -> None:
    document: Document | None = object_of(activity.get("object"))
    if document is None or kind_of(document, STATUS_TYPES | CONVERTED_TYPES) is None:
        document = await _fetched(ctx, sender, activity, document)
    document = within(activity, document, sender.followers_url)
    note = read_note(document, followers_url=sender.followers_url, sender_uri=sender.uri)
    if note.author_uri != sender.uri:
        raise DocumentRefused("The status is somebody else's")
    if await known_status(ctx, note.uri) is not None:
        return
    if is_vote(document, note) and await _is_counted(ctx, sender, note):
        return
    if not await concerns_us(ctx, sender, note):
        raise Ignored("nobody here follows or is addressed")
    await remember_note(ctx, sender, document)


async def _fetched(
    ctx: Context, sender: Actor, activity: Document, inner: Document | None
) -> Document:
    uri = id_of(activity.get("object"))
    if inner is not None and inner.get("type"):
        raise Ignored("not a type of status that we keep")
    if uri is None or not same_host(uri, sender.uri):
        raise Ignored("it is not said what was posted")
    if await known_status(ctx, uri) is not None:
        raise Ignored("known already")
    return (await fetch_document(ctx, uri)).document


async def _is_counted(ctx: Context, sender: Actor, note: ReadNote) -> bool:
    """Count a vote in a poll of ours; False if it is none."""
    status = await known_status(ctx, note.in_reply_to_uri)
    if status is None or not status.is_local or status.poll_id is None:
        return False
    async with ctx.reading() as tx:
        options = await find_options(tx, poll_id=status.poll_id)
    if note.name not in options:
        return False
    choice = options.index(note.name)
    await vote(ctx, actor_id=sender.id, poll_id=status.poll_id, choices=[choice], uri=note.uri)
    return True
