"""Appeals, as far as they keep data from being deleted."""

from datetime import datetime

from watertower.base.db.transaction import Reading

HAS_HOLDING_APPEAL = """
    SELECT EXISTS (
        SELECT 1 FROM appeals
        WHERE account_id = $1 AND (closed_at IS NULL OR closed_at > $2)
    )
"""


async def has_holding_appeal(tx: Reading, *, account_id: int, closed_since: datetime) -> bool:
    """Whether an appeal of this account runs, or ended a moment ago."""
    return bool(await tx.fetch_value(HAS_HOLDING_APPEAL, account_id, closed_since))


# Posts that an appeal is about; nothing to do for those that are kept for long enough anyway.
LIST_APPEALED_STATUSES = """
    SELECT DISTINCT w.status_id
    FROM appeals p
    JOIN moderation_actions m ON m.id = p.action_id AND m.undone_at IS NULL
    JOIN withheld_statuses w ON w.status_id = ANY(m.status_ids) AND w.kept_until < $1
    WHERE p.closed_at IS NULL AND p.kind = 'remove_statuses'
    LIMIT 10000
"""


async def list_appealed_statuses(tx: Reading, *, kept_until: datetime) -> list[int]:
    """Removed posts that an appeal is about and that would be gone by then."""
    return [row["status_id"] for row in await tx.fetch_all(LIST_APPEALED_STATUSES, kept_until)]
