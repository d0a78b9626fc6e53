"""What one server passes on of others: communities (FEP-1b12), and answers that are forwarded.

Lemmy, mbin, PieFed and NodeBB send `Announce{Create{Note}}` and the like. That the community
signed it says nothing about who did the inner activity, so it is acted on only when the
community lives on the server of who did it, or when that server, asked, says the same.
"""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.errors import NotFound, Refused, Unreachable
from watertower.federation.activities.announce import receive_announce
from watertower.federation.activities.delete import receive_delete
from watertower.federation.activities.like import receive_like
from watertower.federation.activities.undo import receive_undo
from watertower.federation.errors import DocumentGone, DocumentRefused, Ignored
from watertower.federation.model import ACTOR_TYPES, CONVERTED_TYPES, STATUS_TYPES, Actor, Document
from watertower.federation.queries.actors import find_actor_by_uri
from watertower.federation.queries.known import KnownStatus, has_local_follower
from watertower.federation.reading import id_of, kind_of, moment_of, object_of, same_host, types_of
from watertower.federation.relays import is_relay
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.note import (
    ANCESTORS_FETCHED,
    remember_note,
    remember_note_edit,
    status_by_uri,
)
from watertower.federation.remote.own import known_status
from watertower.federation.remote.read_note import read_note, visibility_of
from watertower.moderation.actions.inbound.receive import receive_deletion
from watertower.statuses.actions.boost import boost
from watertower.statuses.errors import MayNotBoost
from watertower.statuses.model import Visibility

PROFILE_FRESH = timedelta(minutes=1)
PASSED_ON = ("Create", "Update", "Delete", "Like", "EmojiReact", "Undo")


async def receive_any_announce(ctx: Context, sender: Actor, activity: Document) -> None:
    """A boost, or a whole activity that a community passes on."""
    if await is_relay(ctx, sender):
        await _relayed(ctx, activity)
        return
    inner = object_of(activity.get("object"))
    kinds = set(types_of(inner)) if inner is not None else set()
    if inner is None or not kinds or kinds & (STATUS_TYPES | CONVERTED_TYPES):
        await receive_announce(ctx, sender, activity)
    else:
        await receive_passed_on(ctx, sender, activity, inner)


async def receive_passed_on(
    ctx: Context, group: Actor, announce: Document, inner: Document
) -> None:
    """Act on the inner activity, as far as it can be confirmed and concerns anybody here."""
    kind = kind_of(inner, PASSED_ON)
    target = id_of(inner.get("object"))
    if kind is None or target is None:
        raise Ignored("a community's own affairs")
    if kind in {"Like", "EmojiReact", "Undo"}:
        await _react(ctx, group, inner)
        return
    embedded = object_of(inner.get("object"))
    if kind == "Update" and embedded is not None and kind_of(embedded, ACTOR_TYPES) is not None:
        await _look_again(ctx, target)
        return
    is_kept = embedded is None or kind_of(embedded, STATUS_TYPES | CONVERTED_TYPES) is not None
    if embedded is not None and embedded.get("type") and kind != "Delete" and not is_kept:
        raise Ignored("not a type of status that we keep")
    known = await known_status(ctx, target)
    if known is not None and known.is_local:
        raise Ignored("a status of ours; we know it best")
    async with ctx.reading() as tx:
        is_followed = await has_local_follower(tx, account_id=group.id)
    if known is None and not is_followed:
        raise Ignored("nobody here follows the community")
    if kind == "Delete":
        await _delete(ctx, group, inner, known, target)
        return
    document = await _confirmed_status(ctx, group, inner, known, target, is_edit=kind == "Update")
    if known is None:
        known = await known_status(ctx, target)
    if known is not None and is_followed:
        await _show(ctx, group, announce, document, known)


async def receive_forwarded(ctx: Context, sender: Actor, activity: Document) -> None:
    """An answer in a thread that we know, forwarded by the server of whom it answers.

    What it says is taken from the author's server, never from the one who forwards.
    """
    kind, target = kind_of(activity, ("Create", "Update", "Delete")), id_of(activity.get("object"))
    if kind is None or target is None:
        raise Ignored("forwarded, and nothing that is told so")
    known = await known_status(ctx, target)
    if known is not None and known.is_local:
        raise Ignored("a status of ours; we know it best")
    if kind == "Delete":
        await _delete(ctx, sender, activity, known, target)
    elif known is not None:
        if kind == "Update":
            await _confirmed_status(ctx, sender, activity, known, target, is_edit=True)
    else:
        if await is_relay(ctx, sender):
            await _relayed(ctx, activity)
            return
        note = object_of(activity.get("object"))
        if note is None or await known_status(ctx, id_of(note.get("inReplyTo"))) is None:
            raise Ignored("forwarded, and answers nothing that we know")
        await status_by_uri(ctx, target)


async def _relayed(ctx: Context, activity: Document) -> None:
    """A public post that a relay tells of: kept as its author's server has it, without its thread."""
    uri = id_of(activity.get("object"))
    if uri is None or await known_status(ctx, uri) is not None:
        raise Ignored("known already, or nothing")
    await status_by_uri(ctx, uri, depth=ANCESTORS_FETCHED)


async def _look_again(ctx: Context, uri: str) -> None:
    """A profile changed: the community's own or somebody's in it. Its server says how."""
    async with ctx.reading() as tx:
        known = await find_actor_by_uri(tx, uri=uri)
    if known is None or known.is_local:
        raise Ignored("a change of somebody who is not known")
    await actor_by_uri(ctx, uri, fresh_since=ctx.now() - PROFILE_FRESH)


async def _confirmed_status(
    ctx: Context,
    group: Actor,
    inner: Document,
    known: KnownStatus | None,
    target: str,
    *,
    is_edit: bool,
) -> Document | None:
    """Write down what was posted or changed; its document, if we looked at one."""
    if known is not None and not is_edit:
        return object_of(inner.get("object"))
    document: Document | None = object_of(inner.get("object"))
    author_uri = id_of(inner.get("actor"))
    embedded = document is not None and kind_of(document, STATUS_TYPES | CONVERTED_TYPES)
    if not (
        embedded and author_uri and _is_confirmed(group, inner) and same_host(target, author_uri)
    ):
        if known is None:
            await status_by_uri(ctx, target)
            return document
        document = (await fetch_document(ctx, target)).document
        author_uri = read_note(document).author_uri
    if document is None or author_uri is None:
        raise Ignored("it is not said what was posted")
    author = await actor_by_uri(ctx, author_uri)
    if author.is_local or author.is_suspended or author.is_deleted:
        raise Ignored("the author is not heard")
    if known is None:
        await remember_note(ctx, author, document)
    elif known.account_id == author.id:
        await remember_note_edit(ctx, author, document)
    else:
        raise DocumentRefused("The status is somebody else's")
    return document


async def _delete(
    ctx: Context, group: Actor, inner: Document, known: KnownStatus | None, target: str
) -> None:
    """Forget a status that its author's server says is gone."""
    actor_uri = id_of(inner.get("actor"))
    if _is_confirmed(group, inner) and actor_uri and same_host(target, actor_uri):
        author = await actor_by_uri(ctx, actor_uri)
        if known is None or known.account_id == author.id:
            await receive_delete(ctx, author, inner)
            return
    if known is None:
        raise Ignored("a deletion of something that is not known")
    try:
        fetched = await fetch_document(ctx, target)
        is_gone = kind_of(fetched.document, ("Tombstone",)) is not None
    except DocumentGone as gone:
        # A 404 may only mean that we may not read it.
        is_gone = gone.is_for_ever or known.visibility <= Visibility.UNLISTED
    if not is_gone:
        raise Ignored("the author's server still has it")
    await receive_deletion(ctx, uri=target, actor_id=known.account_id)


async def _react(ctx: Context, group: Actor, inner: Document) -> None:
    """A star for a status of ours, or its taking back, that only the community was told."""
    deed = object_of(inner.get("object")) if kind_of(inner, ("Undo",)) else inner
    status = await known_status(ctx, id_of(deed.get("object")) if deed else None)
    if status is None or not status.is_local:
        raise Ignored("a vote for somebody else's status")
    if not _is_confirmed(group, inner):
        inner = await _asked(ctx, inner)
    actor = await actor_by_uri(ctx, id_of(inner.get("actor")) or "")
    if actor.is_local or actor.is_suspended or actor.is_deleted:
        raise Ignored("the voter is not heard")
    if kind_of(inner, ("Undo",)):
        await receive_undo(ctx, actor, inner)
    else:
        await receive_like(ctx, actor, inner)


async def _asked(ctx: Context, inner: Document) -> Document:
    """The activity as the server of who did it has it. Raises Ignored if it does not say so."""
    uri = id_of(inner)
    if uri is None:
        raise Ignored("the activity has no id to ask for")
    try:
        found = (await fetch_document(ctx, uri)).document
    except Unreachable:
        raise
    except Refused:
        raise Ignored("the activity could not be confirmed") from None
    same = id_of(found.get("object")) == id_of(inner.get("object"))
    if not (same and same_host(id_of(found.get("actor")), uri)) or kind_of(
        found, PASSED_ON
    ) != kind_of(inner, PASSED_ON):
        raise Ignored("the activity could not be confirmed")
    return found


async def _show(
    ctx: Context, group: Actor, announce: Document, document: Document | None, status: KnownStatus
) -> None:
    """Have the community boost a new thread, so that its followers see it; answers are below it."""
    uri = id_of(announce)
    if uri is None or (document is not None and id_of(document.get("inReplyTo")) is not None):
        return
    try:
        await boost(
            ctx,
            actor_id=group.id,
            status_id=status.id,
            visibility=visibility_of(announce, group.followers_url),
            uri=uri,
            at=moment_of(announce.get("published")),
        )
    except (NotFound, MayNotBoost):
        return  # not public, or taken back meanwhile


def _is_confirmed(group: Actor, inner: Document) -> bool:
    """Whether the one who signed is on the server of who did it, and speaks for it."""
    actor, uri = id_of(inner.get("actor")), id_of(inner)
    return same_host(actor, group.uri) and (uri is None or same_host(uri, actor))
