"""Remember an edit: another server says that a status is different now, or counts votes."""

from dataclasses import replace

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.media.steps.attach import detach
from watertower.media.steps.emojis import remember_emojis
from watertower.media.steps.remote import attach_remote
from watertower.statuses.events import CardWanted, PollOpened, StatusEdited
from watertower.statuses.model import Status
from watertower.statuses.page_head import first_link
from watertower.statuses.queries.authors import find_author
from watertower.statuses.queries.cards import update_card
from watertower.statuses.queries.edits import (
    Changed,
    insert_edit,
    insert_first_edit,
    lock_status,
    touch_status,
    update_status,
)
from watertower.statuses.queries.known import find_domain, find_status_by_uri
from watertower.statuses.queries.mentions import silence_mentions
from watertower.statuses.queries.polls import (
    delete_poll,
    find_poll_of_status,
    insert_poll,
    lock_poll_of_status,
    update_poll,
    update_poll_tallies,
)
from watertower.statuses.queries.statuses import NewPoll
from watertower.statuses.queries.tags import delete_other_status_tags
from watertower.statuses.received import Judge, ReceivedStatus
from watertower.statuses.steps.received_parts import add_names_and_tags, new_poll


async def remember_edit(
    ctx: Context, *, author_id: int, received: ReceivedStatus, judge: Judge | None = None
) -> int | None:
    """Make the status what was sent; answers its id.

    None if we do not have it, or its author may not be heard here. What the `judge` holds stays as it was before.

    Only what is newer than the last edit counts as one, or says something else in the same
    second, because most servers write whole seconds; votes are counted in any case. Who may see
    it and what it answers stays.
    """
    async with ctx.transaction() as tx:
        known = await find_status_by_uri(tx, uri=received.uri)
        if known is None or known.account_id != author_id or known.is_local:
            return None
        author = await find_author(tx, account_id=author_id)
        if author is None or not author.may_act:
            return None  # Who is suspended is not heard, in new words as little as in new posts.
        await lock_poll_of_status(tx, status_id=known.id)
        status = await lock_status(tx, status_id=known.id)
        if status is None:
            return None
        if not _is_edit(status, received):
            await _count_votes(tx, status, received)
            return status.id
        if judge is not None:
            domain = await find_domain(tx, account_id=author_id)
            treatment = await judge.judge(tx, author_id=author_id, domain=domain, received=received)
            if treatment.is_held:
                return status.id
            received = replace(received, is_sensitive=received.is_sensitive or treatment.is_covered)
        await _change(tx, ctx, status, received)
        if judge is not None:
            await judge.kept(tx, author_id=author_id, status_id=status.id)
    return known.id


def _is_edit(status: Status, received: ReceivedStatus) -> bool:
    last = status.edited_at or status.created_at
    if received.edited_at is None or received.edited_at < last:
        return False
    return received.edited_at > last or (
        (received.content_html, received.content_warning)
        != (status.content_html, status.content_warning)
    )


async def _count_votes(tx: Transaction, status: Status, received: ReceivedStatus) -> None:
    """The same question with other counts: the sender's are right."""
    poll = await find_poll_of_status(tx, status_id=status.id) if status.poll_id else None
    sent = new_poll(received.poll)
    if poll is None or sent is None or list(poll.options) != list(sent.options):
        return
    if await update_poll_tallies(
        tx,
        poll_id=poll.id,
        tallies=sent.tallies,
        voters_count=sent.voters_count,
        expires_at=sent.expires_at,
    ):
        await touch_status(tx, status_id=status.id)
        await record(tx, PollOpened(poll_id=poll.id))


async def _change(tx: Transaction, ctx: Context, status: Status, received: ReceivedStatus) -> None:
    now = ctx.now()
    domain = await find_domain(tx, account_id=status.account_id) or ""
    await insert_first_edit(tx, status_id=status.id)
    poll_id = await _change_poll(tx, status, new_poll(received.poll))
    media_ids = await attach_remote(
        tx, account_id=status.account_id, status_id=status.id, files=received.media, at=now
    )
    await detach(tx, status_id=status.id, kept_ids=media_ids)
    changed = Changed(
        text="",
        content_html=received.content_html,
        content_warning=received.content_warning,
        is_sensitive=received.is_sensitive,
        language=received.language,
        media_ids=media_ids,
        emojis=await remember_emojis(tx, domain=domain, emojis=received.emojis, at=now),
        poll_id=poll_id,
        quote_policy=received.quote_policy,
        reply_policy=received.reply_policy,
        content_type=status.content_type,
    )
    edited_at = min(received.edited_at or now, now)
    await update_status(tx, status_id=status.id, changed=changed, edited_at=edited_at)
    await insert_edit(tx, status_id=status.id)
    await silence_mentions(tx, status_id=status.id, kept_ids=received.mentioned_ids)
    await delete_other_status_tags(tx, status_id=status.id, kept=received.tags)
    await add_names_and_tags(
        tx, ctx, author_id=status.account_id, received=received, status_id=status.id
    )
    if poll_id is not None:
        await record(tx, PollOpened(poll_id=poll_id))
    link = first_link(received.content_html)
    if link != first_link(status.content_html):
        await update_card(tx, status_id=status.id, card_id=None)
        if link is not None and not received.media:
            await record(tx, CardWanted(status_id=status.id))
    await record(tx, StatusEdited(status_id=status.id))


async def _change_poll(tx: Transaction, status: Status, sent: NewPoll | None) -> int | None:
    """The poll as sent; answers its id."""
    poll = await find_poll_of_status(tx, status_id=status.id) if status.poll_id else None
    if sent is None:
        if poll is not None:
            await delete_poll(tx, poll_id=poll.id)
        return None
    if poll is None:
        poll_id = await insert_poll(
            tx,
            account_id=status.account_id,
            status_id=status.id,
            options=sent.options,
            expires_at=sent.expires_at,
            is_multiple=sent.is_multiple,
            hides_totals=False,
            at=status.created_at,
        )
    else:
        poll_id = poll.id
        await update_poll(
            tx,
            poll_id=poll_id,
            options=sent.options,
            expires_at=sent.expires_at,
            is_multiple=sent.is_multiple,
            hides_totals=False,
        )
    await update_poll_tallies(
        tx,
        poll_id=poll_id,
        tallies=sent.tallies,
        voters_count=sent.voters_count,
        expires_at=sent.expires_at,
    )
    return poll_id
