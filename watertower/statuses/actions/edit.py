"""Edit: an author changes a status; everybody can read what it was before."""

from dataclasses import replace
from datetime import datetime, timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.events import record
from watertower.base.text.languages import language_of
from watertower.media.steps.attach import attach, detach
from watertower.media.steps.describe import describe_attached
from watertower.statuses.draft import Draft, DraftPoll
from watertower.statuses.errors import StatusNotFound
from watertower.statuses.events import CardWanted, PollOpened, StatusEdited
from watertower.statuses.model import Status, Visibility
from watertower.statuses.queries.cards import update_card
from watertower.statuses.queries.edits import (
    Changed,
    insert_edit,
    insert_first_edit,
    lock_status,
    update_status,
)
from watertower.statuses.queries.faces import find_status
from watertower.statuses.queries.mentions import insert_mentions, silence_mentions
from watertower.statuses.queries.polls import (
    delete_poll,
    find_poll_of_status,
    insert_poll,
    lock_poll_of_status,
    update_poll,
)
from watertower.statuses.queries.tags import delete_other_status_tags, insert_status_tags
from watertower.statuses.rules import check_draft, complete, is_sensitive
from watertower.statuses.steps.may_post import require_tags_kept
from watertower.statuses.steps.read_text import ReadText, read_text


async def edit(ctx: Context, *, actor_id: int, status_id: int, draft: Draft) -> None:
    """Make an own status what the draft says, media and poll included.

    Who may see it, and what it answers or quotes, stays. What changes nothing is no edit.
    Raises StatusNotFound for those of others, and Invalid as for a new status.
    """
    async with ctx.reading() as tx:
        before = await _require_own(tx, actor_id, status_id)
    draft = complete(replace(draft, content_type=draft.content_type or before.content_type))
    options = draft.poll.options if draft.poll else ()
    read = await read_text(
        ctx, draft.text, also=(draft.content_warning, *options), content_type=draft.content_type
    )
    async with ctx.transaction() as tx:
        await lock_poll_of_status(tx, status_id=status_id)
        status = await lock_status(tx, status_id=status_id)
        if status is None or status.account_id != actor_id or status.reblog_of_id is not None:
            raise StatusNotFound
        check_draft(replace(draft, quoted_status_id=status.quoted_status_id))
        await require_tags_kept(tx, account_id=actor_id, read=read)
        await insert_first_edit(tx, status_id=status_id)
        poll_id, poll_changed = await _change_poll(tx, ctx, status, draft.poll)
        media_changed = await _change_media(tx, ctx, status, draft)
        changed = _changed(status, draft, read, poll_id)
        is_edit = poll_changed or media_changed or _differs(status, changed)
        at = ctx.now() if is_edit else None
        await update_status(tx, status_id=status_id, changed=changed, edited_at=at)
        if at is None:
            return
        await insert_edit(tx, status_id=status_id)
        await _change_parts(tx, status, read, at=at)
        if changed.content_html != status.content_html:
            await update_card(tx, status_id=status_id, card_id=None)
            if read.first_url is not None and not draft.media_ids:
                await record(tx, CardWanted(status_id=status_id))
        await record(tx, StatusEdited(status_id=status_id))


async def _require_own(tx: Reading, actor_id: int, status_id: int) -> Status:
    """Raise StatusNotFound unless it is the actor's, before other servers are asked anything."""
    status = await find_status(tx, status_id=status_id)
    if status is None or status.account_id != actor_id or status.reblog_of_id is not None:
        raise StatusNotFound
    return status


async def _change_poll(
    tx: Transaction, ctx: Context, status: Status, wanted: DraftPoll | None
) -> tuple[int | None, bool]:
    """The poll as wanted; answers its id, and whether that changed anything that shows."""
    poll = await find_poll_of_status(tx, status_id=status.id) if status.poll_id else None
    if wanted is None:
        if poll is not None:
            await delete_poll(tx, poll_id=poll.id)
        return None, poll is not None
    end = ctx.now() + timedelta(seconds=wanted.expires_in_seconds)
    if poll is None:
        poll_id = await insert_poll(
            tx,
            account_id=status.account_id,
            status_id=status.id,
            options=wanted.options,
            expires_at=end,
            is_multiple=wanted.is_multiple,
            hides_totals=wanted.hides_totals,
            at=ctx.now(),
        )
        is_other = True
    else:
        poll_id = poll.id
        is_other = (list(wanted.options), wanted.is_multiple) != (
            list(poll.options),
            poll.is_multiple,
        )
        await update_poll(
            tx,
            poll_id=poll_id,
            options=wanted.options,
            expires_at=end,
            is_multiple=wanted.is_multiple,
            hides_totals=wanted.hides_totals,
        )
    await record(tx, PollOpened(poll_id=poll_id))
    return poll_id, is_other


async def _change_media(tx: Transaction, ctx: Context, status: Status, draft: Draft) -> bool:
    """The attachments as wanted, with their new descriptions; whether that changed anything."""
    kept = set(draft.media_ids)
    if draft.media_ids:
        await attach(
            tx,
            account_id=status.account_id,
            media_ids=list(draft.media_ids),
            status_id=status.id,
        )
    if set(status.media_ids) - kept:
        await detach(tx, status_id=status.id, kept_ids=list(kept))
    edits = [edit for edit in draft.media_edits if edit.media_id in kept]
    for change in edits:
        await describe_attached(
            tx,
            media_id=change.media_id,
            has_description=change.description is not None,
            description=change.description,
            focus=change.focus,
            at=ctx.now(),
        )
    return bool(edits) or tuple(status.media_ids) != draft.media_ids


def _changed(status: Status, draft: Draft, read: ReadText, poll_id: int | None) -> Changed:
    policy = draft.quote_policy or status.quote_policy
    return Changed(
        text=draft.text,
        content_html=read.html,
        content_warning=draft.content_warning,
        is_sensitive=is_sensitive(draft, by_default=False),
        language=language_of(draft.language) or status.language,
        media_ids=draft.media_ids,
        emojis=read.emojis,
        poll_id=poll_id,
        quote_policy=policy if status.visibility <= Visibility.UNLISTED else "nobody",
        reply_policy=draft.reply_policy or status.reply_policy,
        content_type=draft.content_type or status.content_type,
    )


def _differs(status: Status, changed: Changed) -> bool:
    """Whether people see something else. The language and who may quote are no edit."""
    before = (status.text, status.content_html, status.content_warning, status.is_sensitive)
    after = (changed.text, changed.content_html, changed.content_warning, changed.is_sensitive)
    return before != after


async def _change_parts(tx: Transaction, status: Status, read: ReadText, *, at: datetime) -> None:
    """Names and tags as in the new text. Who was named once may still see it."""
    await silence_mentions(tx, status_id=status.id, kept_ids=read.mentioned_ids)
    await insert_mentions(
        tx, status_id=status.id, author_id=status.account_id, account_ids=read.mentioned_ids
    )
    await delete_other_status_tags(tx, status_id=status.id, kept=read.tags)
    await insert_status_tags(
        tx,
        status_id=status.id,
        account_id=status.account_id,
        tags=read.tags,
        at=at,
        is_public=status.visibility is Visibility.PUBLIC,
    )
