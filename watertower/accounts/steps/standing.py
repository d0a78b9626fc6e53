"""The levers of moderation: nobody else writes what was decided about an account.

Each step holds inside the transaction of the decision, answers whether anything changed, and
may be repeated. What is deleted for good is never changed. Streams that are open with the
account's tokens end at once where it may no longer read or act.
"""

from datetime import datetime

from watertower.accounts.events import (
    AccountFrozen,
    AccountLimited,
    AccountRestored,
    AccountSensitized,
    AccountSuspended,
    AccountUnfrozen,
    AccountUnlimited,
    AccountUnsensitized,
)
from watertower.accounts.queries.standing import (
    update_frozen,
    update_limited,
    update_restored,
    update_sensitized,
    update_suspended,
)
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.live import publish


async def suspend(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """Take the account out of view, whole: posts, follows and files stay as they are."""
    if not await update_suspended(tx, account_id=account_id, at=at):
        return False
    await publish(tx, "kill", account_id=account_id)
    await record(tx, AccountSuspended(account_id=account_id))
    return True


async def restore(
    tx: Transaction,
    *,
    account_id: int,
    at: datetime,  # noqa: ARG001  # every lever has the same shape
    is_left_to_origin: bool = False,
) -> bool:
    """Lift our suspension. `is_left_to_origin`: its own server had suspended it before we did."""
    if not await update_restored(tx, account_id=account_id, is_left_to_origin=is_left_to_origin):
        return False
    if not is_left_to_origin:
        await record(tx, AccountRestored(account_id=account_id))
    return True


async def limit(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """Only followers still hear of the account; nothing is lost."""
    if not await update_limited(tx, account_id=account_id, at=at):
        return False
    await record(tx, AccountLimited(account_id=account_id))
    return True


async def unlimit(tx: Transaction, *, account_id: int, at: datetime) -> bool:  # noqa: ARG001
    """Everybody hears of the account again."""
    if not await update_limited(tx, account_id=account_id, at=None):
        return False
    await record(tx, AccountUnlimited(account_id=account_id))
    return True


async def sensitize(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """Everybody sees the account's media covered, old and new."""
    if not await update_sensitized(tx, account_id=account_id, at=at):
        return False
    await record(tx, AccountSensitized(account_id=account_id))
    return True


async def unsensitize(tx: Transaction, *, account_id: int, at: datetime) -> bool:  # noqa: ARG001
    """The author's own choice of what is covered counts again."""
    if not await update_sensitized(tx, account_id=account_id, at=None):
        return False
    await record(tx, AccountUnsensitized(account_id=account_id))
    return True


async def freeze(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """A member may read, answer and put things right, and nothing else."""
    if not await update_frozen(tx, account_id=account_id, at=at):
        return False
    # Apps come back at once and learn from their next request how they stand.
    await publish(tx, "kill", account_id=account_id)
    await record(tx, AccountFrozen(account_id=account_id))
    return True


async def unfreeze(tx: Transaction, *, account_id: int, at: datetime) -> bool:  # noqa: ARG001
    """A member may do everything again."""
    if not await update_frozen(tx, account_id=account_id, at=None):
        return False
    await publish(tx, "kill", account_id=account_id)
    await record(tx, AccountUnfrozen(account_id=account_id))
    return True
