"""Fetch the recent posts of somebody elsewhere whom a member began to follow, within a budget."""

from datetime import timedelta

from watertower.base.context import Context
from watertower.base.errors import Refused, Unreachable
from watertower.base.queue.job import Lane, job
from watertower.federation.model import STATUS_TYPES, Actor, Document
from watertower.federation.queries.actors import find_actor
from watertower.federation.queries.outbox import upsert_outbox_look
from watertower.federation.reading import id_of, kind_of, object_of, same_host
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.note import remember_note
from watertower.federation.remote.own import known_status
from watertower.federation.remote.read_collection import read_collection
from watertower.federation.remote.read_note import read_note
from watertower.feeds.reactions.relations import welcome_follow
from watertower.statuses.model import Visibility

AGAIN_AFTER = timedelta(days=1)
MOST_PAGES, MOST_LISTED, MOST_KEPT = 2, 40, 20


@job(Lane.PULL, attempts=3)
async def fetch_recent(ctx: Context, *, follow_id: int, actor_id: int, target_id: int) -> None:
    """Keep what is public of the first page or two of her outbox, once in a day."""
    async with ctx.reading() as tx:
        follower = await find_actor(tx, account_id=actor_id)
        target = await find_actor(tx, account_id=target_id)
    if follower is None or target is None or not follower.is_local or target.is_local:
        return
    now = ctx.now()
    async with ctx.transaction() as tx:
        outbox = await upsert_outbox_look(
            tx, account_id=target_id, at=now, last_before=now - AGAIN_AFTER
        )
    if outbox is None:
        return
    kept = 0
    try:
        items = await read_collection(
            ctx, outbox, owner_uri=target.uri, most_pages=MOST_PAGES, most_items=MOST_LISTED
        )
    except Refused:
        return
    for one in items.found:
        if kept >= MOST_KEPT:
            break
        try:
            kept += await _keep(ctx, target, object_of(one))
        except Unreachable:
            break
        except Refused:
            continue
    if kept:
        async with ctx.transaction() as tx:
            tx.enqueue(
                welcome_follow.queued(follow_id=follow_id, actor_id=actor_id, target_id=target_id)
            )


async def _keep(ctx: Context, author: Actor, create: Document | None) -> bool:
    """Write down the post of a Create in her outbox, if it is hers and for everybody."""
    if create is None or kind_of(create, ("Create",)) is None:
        return False
    uri, note = id_of(create.get("object")), object_of(create.get("object"))
    if uri is None or not same_host(uri, author.uri) or await known_status(ctx, uri) is not None:
        return False
    if note is None:
        note = dict((await fetch_document(ctx, uri)).document)
    if kind_of(note, STATUS_TYPES) is None:
        return False
    read = read_note(note, followers_url=author.followers_url, sender_uri=author.uri)
    if read.author_uri != author.uri or read.visibility > Visibility.UNLISTED:
        return False
    return await remember_note(ctx, author, note, announces=False) is not None
