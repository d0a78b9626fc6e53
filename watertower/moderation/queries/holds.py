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
