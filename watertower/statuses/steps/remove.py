"""Remove a status inside somebody's transaction: by its author, its server, or moderation."""

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.media.steps.attach import detach
from watertower.statuses.events import StatusDeleted, StatusUnboosted
from watertower.statuses.model import Status
from watertower.statuses.queries.deletions import delete_status_row
from watertower.statuses.queries.edits import lock_status
from watertower.statuses.queries.submissions import delete_same_submissions


async def remove_status(tx: Transaction, ctx: Context, *, status: Status) -> list[int]:
    """Take it and its boosts away, and announce that; nothing if it is gone already.

    Answers the ids of its attachments, which are free to be used again.
    """
    # Locked apart, and before: the statement must see the boosts of those whom we waited for.
    await lock_status(tx, status_id=status.id)
    if not await delete_status_row(tx, status_id=status.id, at=ctx.now()):
        return []
    if status.reblog_of_id is not None:
        await record(
            tx,
            StatusUnboosted(
                status_id=status.id,
                reblog_of_id=status.reblog_of_id,
                actor_id=status.account_id,
                uri=status.uri,
            ),
        )
        return []
    detached = await detach(tx, status_id=status.id) if status.media_ids else []
    if status.is_local:
        await delete_same_submissions(tx, account_id=status.account_id, made_id=status.id)
    await record(
        tx, StatusDeleted(status_id=status.id, account_id=status.account_id, uri=status.uri)
    )
    return detached
