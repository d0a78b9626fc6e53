"""A status of ours is there, was changed, or is gone: those who may read it elsewhere hear."""

from datetime import datetime, timedelta

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.documents.activities import create, delete_note, update
from watertower.federation.documents.context import NOTE_CONTEXT
from watertower.federation.documents.note import note_document, note_line
from watertower.federation.outgoing.relayed import tell_relays_of_status
from watertower.federation.queries.actors import find_actor
from watertower.federation.queries.notes import list_groups_of_threads
from watertower.federation.queries.told import (
    ToldStatus,
    find_told_poll,
    find_told_status,
    list_voters,
)
from watertower.federation.relays import relay_inboxes
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.model import Visibility

TALLIES_EVERY = timedelta(minutes=3)


async def readers_of(ctx: Context, status: ToldStatus) -> Audience:
    """Who receives it: followers unless it is direct, those it names, answers and quotes.

    What is said in public in a community's thread goes to the community, which passes it on.
    """
    async with ctx.reading() as tx:
        groups = await list_groups_of_threads(tx, status_ids=[status.id])
    group_id = groups[status.id].account_id if status.id in groups else None
    is_public = status.visibility == Visibility.PUBLIC
    concerned = (status.in_reply_to_account_id, status.quoted_account_id, group_id)
    return Audience(
        followers_of=status.account_id if status.visibility <= Visibility.PRIVATE else None,
        account_ids=[one for one in concerned if one is not None],
        named_in=status.id,
        inbox_urls=await relay_inboxes(ctx, style="mastodon") if is_public else (),
    )


@job(Lane.PUSH)
async def tell_of_status(ctx: Context, *, status_id: int) -> None:
    """Create, to its readers."""
    status = await _told(ctx, status_id)
    if status is None or status.is_deleted or status.reblog_of_id is not None:
        return
    try:
        line = await note_line(ctx, status_id=status_id, viewer_id=status.account_id)
        note = await note_document(ctx, line)
    except StatusNotFound:
        return
    await send(
        ctx,
        account_id=status.account_id,
        activity=create(note),
        context=NOTE_CONTEXT,
        audience=await readers_of(ctx, status),
        syncs_followers=status.visibility == Visibility.PRIVATE,
        status_id=status_id,
    )
    if status.visibility == Visibility.PUBLIC:
        await tell_relays_of_status(ctx, status_id=status_id)


@job(Lane.PUSH)
async def tell_of_edit(ctx: Context, *, status_id: int) -> None:
    """Update, to its readers and to those who boosted, starred or answered it."""
    status = await _told(ctx, status_id)
    if status is not None and not status.is_deleted and status.reblog_of_id is None:
        await _send_update(ctx, status, voters_of=None)


@job(Lane.PUSH)
async def tell_of_cover(ctx: Context, *, status_id: int) -> None:
    """Update of a status whose media our staff covered, or no longer. It was not edited."""
    status = await _told(ctx, status_id)
    if status is not None and not status.is_deleted and status.reblog_of_id is None:
        await _send_update(ctx, status, voters_of=None, at=ctx.now())


@job(Lane.PUSH)
async def tell_of_vote_counts(ctx: Context, *, poll_id: int) -> None:
    """Update of a question of ours, with its counts of the moment."""
    async with ctx.reading() as tx:
        poll = await find_told_poll(tx, poll_id=poll_id)
    status = None if poll is None else await _told(ctx, poll.status_id)
    if status is not None and not status.is_deleted:
        await _send_update(ctx, status, voters_of=poll_id)


@job(Lane.PUSH)
async def tell_of_votes_soon(
    ctx: Context, *, poll_id: int, actor_id: int, choices: list[int]
) -> None:
    """Somebody voted in a poll of ours: tell its counts, at most once in three minutes."""
    del actor_id, choices
    async with ctx.reading() as tx:
        poll = await find_told_poll(tx, poll_id=poll_id)
    status = None if poll is None else await _told(ctx, poll.status_id)
    if poll is None or status is None or poll.hides_totals:
        return
    async with ctx.transaction() as tx:
        tx.enqueue(
            tell_of_vote_counts.queued(
                after=TALLIES_EVERY, unique_key=f"vote counts {poll_id}", poll_id=poll_id
            )
        )


@job(Lane.PUSH)
async def tell_of_poll_end(ctx: Context, *, poll_id: int) -> None:
    """The last counts of a poll of ours."""
    await tell_of_vote_counts.run(ctx, poll_id=poll_id)


@job(Lane.PUSH)
async def tell_of_deletion(
    ctx: Context, *, status_id: int, account_id: int, uri: str, **_more: object
) -> None:
    """Delete, to everybody it reached. Whoever left for good has all of it deleted at once."""
    status = await _told(ctx, status_id)
    async with ctx.reading() as tx:
        author = await find_actor(tx, account_id=account_id)
    if status is None or author is None or author.is_deleted:
        return
    readers = await readers_of(ctx, status)
    await send(
        ctx,
        account_id=account_id,
        activity=delete_note(actor_uri=status.author_uri, uri=uri),
        context=NOTE_CONTEXT,
        audience=Audience(
            followers_of=readers.followers_of,
            account_ids=readers.account_ids,
            named_in=status_id,
            reached_by=status_id,
            inbox_urls=readers.inbox_urls,
            has_suspended=True,
        ),
        replaces_older=True,
    )


async def _send_update(
    ctx: Context, status: ToldStatus, *, voters_of: int | None, at: datetime | None = None
) -> None:
    try:
        line = await note_line(ctx, status_id=status.id, viewer_id=status.account_id)
        note = await note_document(ctx, line)
    except StatusNotFound:
        return
    voters: list[int] = []
    if voters_of is not None:
        async with ctx.reading() as tx:
            voters = await list_voters(tx, poll_id=voters_of)
    if at is None:
        at = ctx.now() if voters_of is not None else status.edited_at or ctx.now()
    readers = await readers_of(ctx, status)
    await send(
        ctx,
        account_id=status.account_id,
        activity=update(note, at=at),
        context=NOTE_CONTEXT,
        audience=Audience(
            followers_of=readers.followers_of,
            account_ids=[*readers.account_ids, *voters],
            named_in=status.id,
            reached_by=status.id,
            inbox_urls=readers.inbox_urls,
        ),
        replaces_older=True,
        syncs_followers=status.visibility == Visibility.PRIVATE,
    )


async def _told(ctx: Context, status_id: int) -> ToldStatus | None:
    """The status, if it is ours and others may hear of it."""
    async with ctx.reading() as tx:
        status = await find_told_status(tx, status_id=status_id)
    return status if status is not None and status.is_told else None
