"""Write a member's status: the same for one published now and one whose time has come."""

from datetime import datetime, timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.text.languages import language_of
from watertower.media.steps.attach import attach
from watertower.statuses.access.statuses import status_for
from watertower.statuses.draft import Draft, DraftPoll
from watertower.statuses.errors import (
    MayNotQuote,
    MayNotReply,
    ParentNotFound,
    QuotedNotFound,
    StatusNotFound,
)
from watertower.statuses.events import CardWanted, PollOpened, StatusPublished, StatusQuotes
from watertower.statuses.model import VISIBILITY_OF, Status, Visibility
from watertower.statuses.queries.authors import Author
from watertower.statuses.queries.mentions import insert_mentions
from watertower.statuses.queries.quotes import may_quote
from watertower.statuses.queries.replies import may_reply
from watertower.statuses.queries.statuses import NewPoll, NewStatus, Written, insert_status
from watertower.statuses.queries.tags import insert_status_tags
from watertower.statuses.rules import is_sensitive
from watertower.statuses.steps.read_text import ReadText


async def write_status(
    tx: Transaction,
    ctx: Context,
    *,
    author: Author,
    draft: Draft,
    read: ReadText,
    application_id: int | None,
) -> Written:
    """Write the status with all that belongs to it, and announce it.

    Raises ParentNotFound, QuotedNotFound, MayNotQuote, and Invalid for media that cannot be
    attached.
    """
    now = ctx.now()
    parent = await _parent(tx, author, draft)
    quoted = await _quoted(tx, author, draft)
    visibility = _visibility(author, draft)
    written = await insert_status(
        tx,
        NewStatus(
            account_id=author.id,
            visibility=visibility,
            created_at=now,
            text=draft.text,
            content_html=read.html,
            content_warning=draft.content_warning,
            is_sensitive=is_sensitive(
                draft, by_default=bool(author.preferences.get("default_sensitive"))
            ),
            language=_language(author, draft),
            in_reply_to_id=parent.id if parent else None,
            in_reply_to_account_id=parent.account_id if parent else None,
            quoted_status_id=quoted.id if quoted else None,
            quote_state=_quote_state(author, quoted),
            quote_policy=_quote_policy(author, draft, visibility),
            reply_policy=draft.reply_policy or "public",
            content_type=draft.content_type or "text/plain",
            conversation_id=parent.conversation_id if parent else None,
            application_id=application_id,
            media_ids=draft.media_ids,
            emojis=read.emojis,
            is_local_only=draft.is_local_only or (parent is not None and parent.is_local_only),
            has_media=bool(draft.media_ids),
            uri_prefix=f"{author.uri}/statuses/",
            url_prefix=f"{ctx.settings.base_url}/@{author.username}/",
            poll=None if draft.poll is None else _poll(draft.poll, now),
        ),
    )
    assert written is not None  # noqa: S101  # the id is new, so nothing can be there already
    status_id = written.status_id
    if draft.media_ids:
        await attach(tx, account_id=author.id, media_ids=list(draft.media_ids), status_id=status_id)
    if read.mentioned_ids:
        await insert_mentions(
            tx, status_id=status_id, author_id=author.id, account_ids=read.mentioned_ids
        )
    if read.tags:
        await insert_status_tags(
            tx,
            status_id=status_id,
            account_id=author.id,
            tags=read.tags,
            at=now,
            is_public=visibility is Visibility.PUBLIC,
        )
    await record(tx, StatusPublished(status_id=status_id))
    if quoted is not None and not quoted.is_local:
        await record(tx, StatusQuotes(status_id=status_id))
    if written.poll_id is not None:
        await record(tx, PollOpened(poll_id=written.poll_id))
    if read.first_url is not None and not draft.media_ids and quoted is None:
        await record(tx, CardWanted(status_id=status_id))
    return written


async def _parent(tx: Transaction, author: Author, draft: Draft) -> Status | None:
    """What is replied to; of a boost, what was boosted."""
    if draft.in_reply_to_id is None:
        return None
    try:
        parent = await status_for(tx, viewer_id=author.id, status_id=draft.in_reply_to_id)
        if parent.reblog_of_id is not None:
            parent = await status_for(tx, viewer_id=author.id, status_id=parent.reblog_of_id)
    except StatusNotFound as error:
        raise ParentNotFound from error
    if not await may_reply(tx, account_id=author.id, parent=parent):
        raise MayNotReply
    return parent


async def _quoted(tx: Transaction, author: Author, draft: Draft) -> Status | None:
    if draft.quoted_status_id is None:
        return None
    try:
        quoted = await status_for(tx, viewer_id=author.id, status_id=draft.quoted_status_id)
        if quoted.reblog_of_id is not None:
            quoted = await status_for(tx, viewer_id=author.id, status_id=quoted.reblog_of_id)
    except StatusNotFound as error:
        raise QuotedNotFound from error
    if not await may_quote(tx, account_id=author.id, status_id=quoted.id):
        raise MayNotQuote
    return quoted


def _quote_state(author: Author, quoted: Status | None) -> str | None:
    """An author elsewhere is asked first, and answers for its server (FEP-044f)."""
    if quoted is None:
        return None
    return "accepted" if quoted.is_local or quoted.account_id == author.id else "pending"


def _visibility(author: Author, draft: Draft) -> Visibility:
    """As asked, else as preferred. A limited account reaches nobody who did not follow it."""
    preferred = VISIBILITY_OF.get(author.preferences.get("default_privacy", ""), Visibility.PUBLIC)
    visibility = preferred if draft.visibility is None else draft.visibility
    if visibility is Visibility.PUBLIC and author.is_limited:
        return Visibility.UNLISTED
    return visibility


def _language(author: Author, draft: Draft) -> str | None:
    preferred = author.preferences.get("default_language")
    return language_of(draft.language) or language_of(preferred) or language_of(author.locale)


def _quote_policy(author: Author, draft: Draft, visibility: Visibility) -> str:
    """Who may quote it. What is not for everybody is quoted by nobody else."""
    if visibility > Visibility.UNLISTED:
        return "nobody"
    preferred = author.preferences.get("default_quote_policy", "public")
    return draft.quote_policy or str(preferred)


def _poll(poll: DraftPoll, now: datetime) -> NewPoll:
    return NewPoll(
        options=poll.options,
        tallies=[0] * len(poll.options),
        expires_at=now + timedelta(seconds=poll.expires_in_seconds),
        is_multiple=poll.is_multiple,
        hides_totals=poll.hides_totals,
    )
