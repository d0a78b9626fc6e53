"""What keeps a suspended account's data from being purged."""

from datetime import datetime, timedelta

from watertower.base.db.transaction import Reading
from watertower.moderation.queries.holds import has_holding_appeal

# Whoever is told "no" after the thirty days still has this long to take the data along, or to
# appeal once more.
AFTER_AN_APPEAL = timedelta(days=7)


async def is_held(tx: Reading, *, account_id: int, now: datetime) -> bool:
    """Whether an appeal about this account runs, or ended in the last days."""
    return await has_holding_appeal(tx, account_id=account_id, closed_since=now - AFTER_AN_APPEAL)
