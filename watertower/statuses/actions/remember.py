"""Remember: a status that another server sent, or that we fetched."""

from dataclasses import replace

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.media.steps.emojis import remember_emojis
from watertower.media.steps.remote import attach_remote
from watertower.statuses.events import (
    CardWanted,
    PollOpened,
    StatusPublished,
    StatusPublishedQuietly,
)
from watertower.statuses.page_head import first_link
from watertower.statuses.queries.authors import find_author
from watertower.statuses.queries.known import (
    adopt_replies,
    find_domain,
    find_status_by_uri,
    has_status_ever,
    update_awaiting,
    update_media_ids,
)
from watertower.statuses.queries.replies import may_reply
from watertower.statuses.queries.statuses import NewStatus, Written, insert_status
from watertower.statuses.received import Judge, ReceivedStatus, Treatment
from watertower.statuses.steps.received_parts import add_names_and_tags, new_poll


async def remember(
    ctx: Context,
    *,
    author_id: int,
    received: ReceivedStatus,
    announces: bool = True,
    judge: Judge | None = None,
) -> int | None:
    """Keep the status; answers its id, also when it was there already.

    None if its author deleted it, may not be heard here, the uri is somebody else's, or the
    `judge` holds it. Without `announces` (an old status, fetched) nobody is notified and no home
    shows it.
    """
    async with ctx.transaction() as tx:
        author = await find_author(tx, account_id=author_id)
        domain = await find_domain(tx, account_id=author_id)
        if author is None or domain is None or not author.may_act:
            return None
        if await has_status_ever(tx, uri=received.uri, account_id=author_id):
            return await _known_id(tx, author_id, received.uri)
        treatment = Treatment()
        if judge is not None:
            treatment = await judge.judge(tx, author_id=author_id, domain=domain, received=received)
            if treatment.is_held:
                return None
            received = replace(received, is_sensitive=received.is_sensitive or treatment.is_covered)
        written = await _write(tx, ctx, author_id=author_id, domain=domain, received=received)
        if written is None:
            return await _known_id(tx, author_id, received.uri)
        await _add_parts(tx, ctx, author_id=author_id, received=received, written=written)
        if judge is not None:
            await judge.kept(tx, author_id=author_id, status_id=written.status_id)
        if announces and treatment.is_quiet:
            await record(tx, StatusPublishedQuietly(status_id=written.status_id))
        elif announces:
            await record(tx, StatusPublished(status_id=written.status_id))
    return written.status_id


async def _known_id(tx: Transaction, author_id: int, uri: str) -> int | None:
    known = await find_status_by_uri(tx, uri=uri)
    return known.id if known is not None and known.account_id == author_id else None


async def _write(
    tx: Transaction, ctx: Context, *, author_id: int, domain: str, received: ReceivedStatus
) -> Written | None:
    now = ctx.now()
    parent = None
    if received.in_reply_to_uri is not None:
        parent = await find_status_by_uri(tx, uri=received.in_reply_to_uri)
        if parent is not None and parent.reblog_of_id is not None:
            parent = None  # Nobody can answer a boost.
        # Of who may answer somebody elsewhere, their server knows more than we.
        if (
            parent is not None
            and parent.is_local
            and not await may_reply(tx, account_id=author_id, parent=parent)
        ):
            return None
    emojis = await remember_emojis(tx, domain=domain, emojis=received.emojis, at=now)
    return await insert_status(
        tx,
        NewStatus(
            account_id=author_id,
            visibility=received.visibility,
            created_at=min(received.created_at, now),
            content_html=received.content_html,
            content_warning=received.content_warning,
            is_sensitive=received.is_sensitive,
            language=received.language,
            in_reply_to_id=parent.id if parent else None,
            in_reply_to_account_id=parent.account_id if parent else None,
            quoted_status_id=received.quoted_status_id,
            quote_state=received.quote_state,
            quote_policy=received.quote_policy,
            reply_policy=received.reply_policy,
            conversation_id=parent.conversation_id if parent else None,
            conversation_uri=received.conversation_uri,
            emojis=emojis,
            is_local=False,
            has_media=bool(received.media),
            uri=received.uri,
            url=received.url or received.uri,
            edited_at=received.edited_at,
            poll=new_poll(received.poll),
        ),
    )


async def _add_parts(
    tx: Transaction, ctx: Context, *, author_id: int, received: ReceivedStatus, written: Written
) -> None:
    status_id, now = written.status_id, ctx.now()
    if received.media:
        media_ids = await attach_remote(
            tx, account_id=author_id, status_id=status_id, files=received.media, at=now
        )
        await update_media_ids(tx, status_id=status_id, media_ids=media_ids)
    await add_names_and_tags(tx, ctx, author_id=author_id, received=received, status_id=status_id)
    if received.in_reply_to_uri is not None:
        await update_awaiting(tx, status_id=status_id, parent_uri=received.in_reply_to_uri)
    await adopt_replies(tx, status_id=status_id, account_id=author_id, uri=received.uri)
    if written.poll_id is not None:
        await record(tx, PollOpened(poll_id=written.poll_id))
    if not received.media and first_link(received.content_html) is not None:
        await record(tx, CardWanted(status_id=status_id))
