"""Marks an account as automated: everybody, here and elsewhere, sees it."""

from watertower.accounts.events import ProfileChanged
from watertower.accounts.queries.profile import update_is_bot
from watertower.base.db.transaction import Transaction
from watertower.base.events import record


async def mark_as_bot(tx: Transaction, *, account_id: int) -> bool:
    """Mark it; whether it was not so before."""
    if not await update_is_bot(tx, account_id=account_id):
        return False
    await record(tx, ProfileChanged(account_id=account_id))
    return True
