"""Submissions: one row for each thing that was sent, so that sending twice has one effect."""

from datetime import datetime, timedelta
from typing import NamedTuple

from watertower.base.db.transaction import Transaction


class Submission(NamedTuple):
    """What came of a submission; both None for the one that may carry it out."""

    status_id: int | None
    scheduled_status_id: int | None


# While another transaction holds the same row, this waits for it: if that one commits we see
# what it made, if it rolls back the row is ours. What is older than the window is taken over.
TAKE_SUBMISSION = """
    INSERT INTO submissions AS old (account_id, key, created_at)
    VALUES ($1, $2, $3)
    ON CONFLICT (account_id, key) DO UPDATE SET
        status_id = CASE WHEN old.created_at > $4 THEN old.status_id END,
        scheduled_status_id = CASE WHEN old.created_at > $4 THEN old.scheduled_status_id END,
        created_at = CASE WHEN old.created_at > $4 THEN old.created_at ELSE $3 END
    RETURNING status_id, scheduled_status_id
"""


async def take_submission(
    tx: Transaction, *, account_id: int, key: str, at: datetime, window: timedelta
) -> Submission:
    """Claim this key until the transaction ends, or learn what was made under it before."""
    row = await tx.fetch_one(TAKE_SUBMISSION, account_id, key, at, at - window)
    return Submission(*row) if row is not None else Submission(None, None)


UPDATE_SUBMISSION = """
    UPDATE submissions SET status_id = $3, scheduled_status_id = $4
    WHERE account_id = $1 AND key = $2
"""


async def update_submission(
    tx: Transaction, *, account_id: int, key: str, made: Submission
) -> None:
    """Note what was made, for repeats."""
    await tx.execute(UPDATE_SUBMISSION, account_id, key, *made)


DELETE_SAME_SUBMISSIONS = """
    DELETE FROM submissions
    WHERE account_id = $1 AND key LIKE 'same:%'
      AND (status_id = $2 OR scheduled_status_id = $2)
"""


async def delete_same_submissions(tx: Transaction, *, account_id: int, made_id: int) -> None:
    """After a status is deleted the identical text is a new post, not a repeat.

    Keys that an app chose stay: a late retry must not bring back what was deleted.
    """
    await tx.execute(DELETE_SAME_SUBMISSIONS, account_id, made_id)


DELETE_OLD_SUBMISSIONS = """
    DELETE FROM submissions
    WHERE (account_id, key) IN (
        SELECT account_id, key FROM submissions WHERE created_at < $1
        ORDER BY created_at
        LIMIT $2
    )
"""


async def delete_old_submissions(tx: Transaction, *, before: datetime, most: int) -> int:
    """Forget what no repeat is expected of any more; answers how many."""
    return await tx.execute(DELETE_OLD_SUBMISSIONS, before, most)
