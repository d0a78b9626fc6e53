"""Statuses of other servers: found, fetched with what they answer, and written down.

`remember_note` is the one way in. It looks up whom and what the status names; what is missing
is fetched within narrow limits, because one post must not make us ask half the network.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import structlog

from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.federation.addresses import is_own
from watertower.federation.errors import DocumentRefused
from watertower.federation.model import Actor, Document
from watertower.federation.policies import policy_for
from watertower.federation.queries.actors import list_actors_by_uri
from watertower.federation.queries.known import KnownStatus, has_tombstone
from watertower.federation.queries.quotes import find_stamp_of
from watertower.federation.reading import host_of, id_of, same_host
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.check_quote import check_quote
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.own import known_status
from watertower.federation.remote.read_note import ReadNote, read_note
from watertower.moderation.actions.inbound.receive import receive, receive_edit
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.model import Visibility
from watertower.statuses.received import ReceivedStatus

log = structlog.get_logger()

ANCESTORS_FETCHED = 10
MENTIONED_FETCHED = 5
WRITTEN_WITHIN = timedelta(seconds=2)


async def status_by_uri(ctx: Context, uri: str, *, depth: int = 0) -> KnownStatus:
    """The status of this id, fetched with what it answers when unknown.

    Raises StatusNotFound, DocumentGone, DocumentRefused, ServerRefused, Unreachable.
    """
    known = await known_status(ctx, uri)
    if known is not None:
        return known
    async with ctx.reading() as tx:
        if is_own(ctx.settings, uri) or await has_tombstone(tx, uri=uri):
            raise StatusNotFound
    fetched = await fetch_document(ctx, uri)
    return await remember_fetched(ctx, fetched.document, depth=depth)


async def remember_fetched(ctx: Context, document: Document, *, depth: int = 0) -> KnownStatus:
    """Write down a status whose document was fetched from its own address."""
    known = await known_status(ctx, id_of(document))
    if known is not None:
        return known
    note = read_note(document)
    author = await actor_by_uri(ctx, note.author_uri)
    if author.is_local or author.is_suspended or author.is_deleted:
        raise StatusNotFound
    await remember_note(ctx, author, document, depth=depth, announces=False)
    known = await known_status(ctx, note.uri)
    if known is None:
        raise StatusNotFound
    return known


async def remember_note(
    ctx: Context, author: Actor, document: Document, *, depth: int = 0, announces: bool = True
) -> int | None:
    """Write the author's status down; its id, or None if it may not come back.

    The document is proved: signed by the author or fetched from where its id says. Nobody is
    told of one that does not `announce`: it was fetched and may be old.
    """
    note = read_note(document, followers_url=author.followers_url, sender_uri=author.uri)
    if note.author_uri != author.uri:
        raise DocumentRefused("The status is somebody else's")
    received = await received_of(ctx, author, note, depth=depth)
    if received.edited_at is not None and received.edited_at - received.created_at < WRITTEN_WITHIN:
        # WordPress and PeerTube say from the beginning when it was last changed.
        received = replace(received, edited_at=None)
    status_id = await receive(ctx, author_id=author.id, received=received, announces=announces)
    await _check_quote(ctx, note, received, status_id)
    return status_id


async def remember_note_edit(ctx: Context, author: Actor, document: Document) -> int | None:
    """Write down what an author changed; None if the status is not known."""
    note = read_note(document, followers_url=author.followers_url, sender_uri=author.uri)
    if note.author_uri != author.uri:
        raise DocumentRefused("The status is somebody else's")
    received = await received_of(ctx, author, note, depth=ANCESTORS_FETCHED)
    status_id = await receive_edit(ctx, author_id=author.id, received=received)
    await _check_quote(ctx, note, received, status_id)
    return status_id


async def received_of(ctx: Context, author: Actor, note: ReadNote, *, depth: int) -> ReceivedStatus:
    """The status with ids of ours for all that it names; what it answers is fetched first."""
    await _status(ctx, note.in_reply_to_uri, depth=depth)
    quoted = await _status(ctx, note.quoted_uri, depth=max(depth, ANCESTORS_FETCHED - 2))
    named = note.mentioned_uris
    if note.visibility is Visibility.DIRECT and not named:
        # Lemmy, Friendica and others write to people without naming them: it is for them still.
        named = note.addressed_uris
    mentioned = await _account_ids(ctx, named, fetched=MENTIONED_FETCHED)
    silent = await _account_ids(ctx, note.addressed_uris, fetched=0)
    policy = await policy_for(ctx, host=host_of(author.uri) or "")
    is_without_media = policy.rejects_media
    return ReceivedStatus(
        uri=note.uri,
        url=note.url if same_host(note.url, note.uri) else note.uri,
        visibility=note.visibility,
        created_at=min(note.created_at or ctx.now(), ctx.now()),
        edited_at=note.edited_at,
        content_html=note.content_html,
        content_warning=note.content_warning,
        is_sensitive=note.is_sensitive,
        language=note.language,
        in_reply_to_uri=note.in_reply_to_uri,
        conversation_uri=note.conversation_uri,
        quoted_status_id=quoted.id if quoted else None,
        quote_state=await _quote_state(ctx, author, note, quoted),
        quote_policy=note.quote_policy if note.visibility <= Visibility.UNLISTED else "nobody",
        reply_policy=note.reply_policy,
        mentioned_ids=[one for one in mentioned if one != author.id],
        also_for_ids=[one for one in silent if one not in mentioned and one != author.id],
        tags=note.tags,
        emojis=() if is_without_media else note.emojis,
        media=() if is_without_media else note.media,
        poll=note.poll,
    )


async def _quote_state(
    ctx: Context, author: Actor, note: ReadNote, quoted: KnownStatus | None
) -> str | None:
    """Who quotes itself needs nobody's leave; else it waits for the stamp (FEP-044f)."""
    if quoted is None:
        return None
    if quoted.account_id == author.id:
        return "accepted"
    async with ctx.reading() as tx:
        stamp = await find_stamp_of(tx, quoting_uri=note.uri, quoted_id=quoted.id)
    if stamp is None:
        return "pending"
    return "revoked" if stamp.is_revoked else "accepted"


async def _check_quote(
    ctx: Context, note: ReadNote, received: ReceivedStatus, status_id: int | None
) -> None:
    """Have the stamp looked at that the note shows; nobody waits for it here."""
    if status_id is None or received.quote_state != "pending" or note.quote_stamp_uri is None:
        return
    async with ctx.transaction() as tx:
        tx.enqueue(
            check_quote.queued(
                unique_key=f"check quote {status_id}",
                status_id=status_id,
                stamp_uri=note.quote_stamp_uri,
            )
        )


async def _status(ctx: Context, uri: str | None, *, depth: int) -> KnownStatus | None:
    """The status, fetched unless we are deep in a thread already; None if it cannot be had."""
    known = await known_status(ctx, uri)
    if known is not None or uri is None or depth >= ANCESTORS_FETCHED:
        return known
    try:
        return await status_by_uri(ctx, uri, depth=depth + 1)
    except Refused as refused:  # a thread with a gap is better than no status
        log.info("ancestor not fetched", uri=uri, says=refused.says)
        return None


async def _account_ids(ctx: Context, uris: Sequence[str], *, fetched: int) -> list[int]:
    async with ctx.reading() as tx:
        known = await list_actors_by_uri(tx, uris=uris)
    ids = []
    for uri in uris:
        actor = known.get(uri)
        if actor is None and fetched > 0 and not is_own(ctx.settings, uri):
            fetched -= 1
            try:
                actor = await actor_by_uri(ctx, uri)
            except Refused:
                continue
        if actor is not None and not actor.is_deleted:
            ids.append(actor.id)
    return ids
