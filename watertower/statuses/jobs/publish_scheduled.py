"""Publish what was scheduled, once, when its time has come."""

from datetime import datetime, timedelta

import structlog

from watertower.accounts.errors import MayNotAct
from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.base.queue.job import Lane, job
from watertower.media.steps.attach import release
from watertower.statuses.draft import unpack_draft
from watertower.statuses.queries.authors import Author, find_author
from watertower.statuses.queries.scheduled import (
    delete_scheduled,
    find_scheduled,
    list_due,
    lock_scheduled,
    update_scheduled_published,
    update_scheduled_time,
)
from watertower.statuses.steps.may_post import require_may_post
from watertower.statuses.steps.read_text import read_text
from watertower.statuses.steps.write import write_status

log = structlog.get_logger()

AT_ONCE = 200


@job(Lane.SCHEDULED)
async def publish_due(ctx: Context) -> None:
    """Ask for a job for each scheduled status whose time has come."""
    async with ctx.transaction() as tx:
        for scheduled_id in await list_due(tx, now=ctx.now(), most=AT_ONCE):
            tx.enqueue(
                publish_scheduled.queued(
                    unique_key=f"scheduled {scheduled_id}", scheduled_id=scheduled_id
                )
            )


@job(Lane.LOCAL)
async def publish_scheduled(ctx: Context, *, scheduled_id: int) -> None:
    """Publish it, unless another run did: the row is locked while we write.

    What can no longer be published (what it answers is gone, its author left) is dropped. That of
    somebody frozen or suspended waits, a day at a time: once they are restored it comes at its
    hour of the day, and never all at once.
    """
    async with ctx.reading() as reading:
        waiting = await find_scheduled(reading, scheduled_id=scheduled_id)
    if waiting is None or waiting.published_status_id is not None:
        return
    draft = unpack_draft(waiting.draft)
    options = draft.poll.options if draft.poll else ()
    read = await read_text(
        ctx, draft.text, also=(draft.content_warning, *options), content_type=draft.content_type
    )
    try:
        async with ctx.transaction() as tx:
            waiting = await lock_scheduled(tx, scheduled_id=scheduled_id)
            if waiting is None or waiting.scheduled_at > ctx.now():
                return
            author = _there(await find_author(tx, account_id=waiting.account_id))
            if not author.may_act:
                await update_scheduled_time(
                    tx, scheduled_id=scheduled_id, at=_tomorrow(waiting.scheduled_at, ctx.now())
                )
                return
            if author.posting is not None:
                await require_may_post(
                    tx, author=author, draft=draft, read=read, at=ctx.now(), is_due=True
                )
            # The media was held for the schedule; the status takes it over.
            await release(tx, scheduled_status_id=scheduled_id)
            written = await write_status(
                tx,
                ctx,
                author=author,
                draft=draft,
                read=read,
                application_id=waiting.application_id,
            )
            await update_scheduled_published(
                tx, scheduled_id=scheduled_id, status_id=written.status_id
            )
    except Refused as refused:
        log.info("scheduled status dropped", scheduled_id=scheduled_id, says=refused.says)
        async with ctx.transaction() as tx:
            await release(tx, scheduled_status_id=scheduled_id)
            await delete_scheduled(tx, scheduled_id=scheduled_id)


def _there(author: Author | None) -> Author:
    if author is None:
        raise MayNotAct
    return author


def _tomorrow(due: datetime, now: datetime) -> datetime:
    """The same time of the day, the first day that is ahead."""
    return due + timedelta(days=(now - due).days + 1)
