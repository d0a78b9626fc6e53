"""Publish: a member posts, now or at a time to come.

Sending the same thing twice has one effect (OPS-08): a submission is claimed as a row in the
same transaction that writes the status. A repeat that arrives meanwhile waits for that row; it
then answers with what the first one made, or carries on if the first one failed.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from watertower.accounts.errors import MayNotAct
from watertower.base.context import Context
from watertower.statuses.draft import Draft, fingerprint
from watertower.statuses.limits import KEY_WINDOW, SAME_POST_WINDOW
from watertower.statuses.queries.authors import find_author
from watertower.statuses.queries.submissions import (
    Submission,
    take_submission,
    update_submission,
)
from watertower.statuses.received import Judge
from watertower.statuses.rules import check_draft, check_time_ahead, complete
from watertower.statuses.steps.may_post import noting_overruns, require_may_post
from watertower.statuses.steps.plan import plan_status
from watertower.statuses.steps.read_text import read_text
from watertower.statuses.steps.write import write_status


@dataclass(frozen=True)
class PublishedStatus:
    """The status is there for others to see."""

    status_id: int
    is_repeat: bool = False


@dataclass(frozen=True)
class Scheduled:
    """The status waits for its time."""

    scheduled_status_id: int
    is_repeat: bool = False


async def publish(
    ctx: Context,
    *,
    author_id: int,
    draft: Draft,
    application_id: int | None = None,
    idempotency_key: str | None = None,
    judge: Judge | None = None,
) -> PublishedStatus | Scheduled:
    """Publish the draft, or answer with what the same submission made before.

    Repeats are told by `idempotency_key` within a day, without one by the content within five
    minutes. The `judge` is told what was written. Raises Invalid, ParentNotFound, QuotedNotFound, MayNotQuote, MayNotAct and
    TooManyScheduled.
    """
    draft = complete(draft)
    check_draft(draft)
    if draft.scheduled_at is not None:
        check_time_ahead(draft.scheduled_at, ctx.now())
    options = draft.poll.options if draft.poll else ()
    read = await read_text(
        ctx, draft.text, also=(draft.content_warning, *options), content_type=draft.content_type
    )
    key, window = _key_of(draft, application_id, idempotency_key)
    async with noting_overruns(ctx, account_id=author_id), ctx.transaction() as tx:
        author = await find_author(tx, account_id=author_id)
        if author is None or not author.may_act:
            raise MayNotAct
        before = await take_submission(
            tx, account_id=author_id, key=key, at=ctx.now(), window=window
        )
        if before.status_id is not None:
            return PublishedStatus(before.status_id, is_repeat=True)
        if before.scheduled_status_id is not None:
            return Scheduled(before.scheduled_status_id, is_repeat=True)
        if author.posting is not None:
            await require_may_post(tx, author=author, draft=draft, read=read, at=ctx.now())
        if draft.scheduled_at is not None:
            planned_id = await plan_status(
                tx,
                author_id=author_id,
                draft=draft,
                scheduled_at=draft.scheduled_at,
                application_id=application_id,
            )
            made = Submission(None, planned_id)
            answer: PublishedStatus | Scheduled = Scheduled(planned_id)
        else:
            written = await write_status(
                tx, ctx, author=author, draft=draft, read=read, application_id=application_id
            )
            if judge is not None:
                await judge.kept(tx, author_id=author_id, status_id=written.status_id)
            made = Submission(written.status_id, None)
            answer = PublishedStatus(written.status_id)
        await update_submission(tx, account_id=author_id, key=key, made=made)
    return answer


def _key_of(
    draft: Draft, application_id: int | None, idempotency_key: str | None
) -> tuple[str, timedelta]:
    """Under which key repeats are found, and for how long."""
    if idempotency_key:
        digest = hashlib.sha256(idempotency_key.encode("utf-8", "surrogatepass")).hexdigest()
        return f"key:{digest}", KEY_WINDOW
    return f"same:{fingerprint(draft, application_id=application_id)}", SAME_POST_WINDOW
