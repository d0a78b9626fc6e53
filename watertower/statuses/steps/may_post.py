"""Whether an account of a special type may post this now, inside the transaction of the post."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.statuses.draft import Draft
from watertower.statuses.posting import (
    WINDOW,
    MayNotPost,
    counts,
    require_room,
    require_summoned,
    require_tags,
)
from watertower.statuses.queries.authors import Author
from watertower.statuses.queries.posting_rules import (
    count_posts,
    find_parent,
    find_posting_rules,
    insert_counted_post,
    lock_posting_rules,
    note_overrun,
)
from watertower.statuses.steps.read_text import ReadText

INSTANT = timedelta(microseconds=1)


@asynccontextmanager
async def noting_overruns(ctx: Context, *, account_id: int) -> AsyncIterator[None]:
    """Note a post that is refused within: what is rolled back would leave no trace for staff."""
    try:
        yield
    except MayNotPost:
        async with ctx.transaction() as tx:
            await note_overrun(tx, account_id=account_id, at=ctx.now())
        raise


async def require_may_post(
    tx: Transaction,
    *,
    author: Author,
    draft: Draft,
    read: ReadText,
    at: datetime,
    is_due: bool = False,
) -> None:
    """Raise MayNotPost, which says why; otherwise count the post. `is_due`: its time has come."""
    rules = author.posting
    if rules is None:
        return
    if rules.refusal:
        raise MayNotPost(rules.refusal, "ERR_TYPE_NOT_APPROVED")
    require_tags(rules, read.tags)
    parent = None
    if draft.in_reply_to_id is not None:
        parent = await find_parent(tx, status_id=draft.in_reply_to_id, author_id=author.id)
    others = any(one != author.id for one in read.mentioned_ids)
    require_summoned(rules, parent=parent, mentions_others=others)
    is_planned = draft.scheduled_at is not None and not is_due
    if not counts(rules, is_scheduled=is_planned or is_due, parent=parent):
        return
    await lock_posting_rules(tx, account_id=author.id)
    moment = draft.scheduled_at if is_planned and draft.scheduled_at else at
    for since, until in ((moment - WINDOW, moment), (moment - INSTANT, moment + WINDOW - INSTANT)):
        if until == moment or is_planned:
            counter = await count_posts(
                tx, account_id=author.id, since=since, until=until, with_planned=is_planned
            )
            require_room(rules, counter, now=at)
    if not is_planned:
        await insert_counted_post(tx, account_id=author.id, at=at)


async def require_tags_kept(tx: Transaction, *, account_id: int, read: ReadText) -> None:
    """An edit does not take away the tags by which others leave such posts out."""
    rules = await find_posting_rules(tx, account_id=account_id)
    if rules is not None:
        require_tags(rules, read.tags)
