"""Purge: the end of a suspension that nobody took back."""

from datetime import datetime

from watertower.accounts.queries.standing import hold_marks
from watertower.accounts.steps.purge import purge_account
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.steps.holds import is_held
from watertower.moderation.steps.log import log


async def purge_in(
    tx: Transaction,
    ctx: Context,
    *,
    account_id: int,
    suspended_before: datetime,
    actor_id: int | None,
    reason: str,
) -> bool:
    """Delete for good who is still suspended and not held; False if there was a reason not to.

    The row stays with the name, so that nobody takes it; the deletion is sent to other servers.
    """
    marks = await hold_marks(tx, account_id=account_id)
    if (
        marks is None
        or marks.deleted_at is not None
        or marks.suspended_at is None
        or marks.suspended_at > suspended_before
        or await is_held(tx, account_id=account_id, now=ctx.now())
    ):
        return False
    await purge_account(tx, account_id=account_id, at=ctx.now())
    await log(
        tx,
        at=ctx.now(),
        actor_id=actor_id,
        verb="purge",
        subject=("account", account_id),
        reason=reason,
    )
    return True
