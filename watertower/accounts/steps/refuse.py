"""Sees whether an account that comes for the first time was refused before it came."""

from datetime import datetime

from watertower.accounts.events import RefusedAccountCame
from watertower.accounts.queries.refusals import take_refusal
from watertower.accounts.steps.standing import limit, sensitize, suspend
from watertower.base.db.transaction import Transaction
from watertower.base.events import record

LEVERS = {"suspend": suspend, "limit": limit, "sensitize": sensitize}


async def refuse_new_account(
    tx: Transaction, *, account_id: int, username: str, domain: str, at: datetime
) -> bool:
    """Set its standing before anybody sees it; False if nobody refused it."""
    refusal = await take_refusal(tx, username=username, domain=domain, account_id=account_id)
    if refusal is None:
        return False
    await LEVERS[refusal.standing](tx, account_id=account_id, at=at)
    await record(tx, RefusedAccountCame(account_id=account_id, refusal_id=refusal.id))
    return True
