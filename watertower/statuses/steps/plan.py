"""Plan a status: keep a draft until its time comes."""

from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.media.steps.attach import hold
from watertower.statuses.access.statuses import status_for
from watertower.statuses.draft import Draft, pack_draft
from watertower.statuses.errors import ParentNotFound, StatusNotFound, TooManyScheduled
from watertower.statuses.limits import MAX_SCHEDULED, MAX_SCHEDULED_A_DAY
from watertower.statuses.queries.scheduled import count_scheduled, insert_scheduled


async def plan_status(
    tx: Transaction,
    *,
    author_id: int,
    draft: Draft,
    scheduled_at: datetime,
    application_id: int | None,
) -> int:
    """Keep the draft and its media; answers the id it waits under."""
    if draft.in_reply_to_id is not None:
        try:
            await status_for(tx, viewer_id=author_id, status_id=draft.in_reply_to_id)
        except StatusNotFound as error:
            raise ParentNotFound from error
    await require_room(tx, account_id=author_id, at=scheduled_at)
    planned_id = await insert_scheduled(
        tx,
        account_id=author_id,
        scheduled_at=scheduled_at,
        draft=pack_draft(draft),
        application_id=application_id,
    )
    await hold(
        tx,
        account_id=author_id,
        media_ids=list(draft.media_ids),
        scheduled_status_id=planned_id,
    )
    return planned_id


async def require_room(
    tx: Transaction, *, account_id: int, at: datetime, without_id: int = 0
) -> None:
    """Raise TooManyScheduled if as many wait as may, in all or for that day."""
    in_all, that_day = await count_scheduled(
        tx, account_id=account_id, day=at, without_id=without_id
    )
    if in_all >= MAX_SCHEDULED:
        raise TooManyScheduled(
            f"Validation failed: You have exceeded the limit of {MAX_SCHEDULED} scheduled posts"
        )
    if that_day >= MAX_SCHEDULED_A_DAY:
        raise TooManyScheduled(
            "Validation failed: You have exceeded the limit of "
            f"{MAX_SCHEDULED_A_DAY} scheduled posts for today"
        )
