"""What is decided about somebody who is not in yet: let in, or forgotten."""

from collections.abc import Sequence

from watertower.accounts.credentials import Login
from watertower.accounts.events import MemberApproved
from watertower.accounts.queries.logins import update_approved
from watertower.accounts.queries.sweep import delete_applicants
from watertower.accounts.steps.joined import announce_if_joined
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record


async def let_in(tx: Transaction, ctx: Context, *, login: Login) -> bool:
    """Let an applicant in and tell them; whether that was not so before. Hold the login locked."""
    if not await update_approved(tx, login_id=login.id, at=ctx.now()):
        return False
    await announce_if_joined(tx, before=login)
    await record(tx, MemberApproved(login_id=login.id))
    return True


async def forget_applicants(tx: Transaction, *, account_ids: Sequence[int]) -> int:
    """Delete accounts that were never let in; their names are free again. How many they were."""
    return await delete_applicants(tx, account_ids=account_ids)
