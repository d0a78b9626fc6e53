"""An appeal, held for its own person."""

from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.appeals import AppealNotFound
from watertower.moderation.model.appeals import Appeal
from watertower.moderation.queries.appeals import lock_appeal


async def require_own(tx: Transaction, *, account_id: int, appeal_id: int) -> Appeal:
    """The appeal, held until the transaction ends. AppealNotFound if it is another person's."""
    found = await lock_appeal(tx, appeal_id=appeal_id)
    if found is None or found.account_id != account_id:
        raise AppealNotFound
    return found
