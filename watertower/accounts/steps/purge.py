"""Purge: an account is deleted for good, whoever decided that."""

from datetime import datetime

from watertower.accounts.events import AccountForgotten, MemberDeleted
from watertower.accounts.queries.deleted import delete_login, empty_member
from watertower.accounts.queries.logins import find_login_by_account
from watertower.accounts.queries.pictures import list_copies
from watertower.accounts.queries.remembered import empty_remote_account
from watertower.accounts.steps.revoke import end_all_access
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.media.jobs.delete_files import delete_files


async def purge_account(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """Take profile, login and access away; the rest goes by reactions. False: done before.

    The row stays, emptied, so that nobody can take the name. Of accounts elsewhere our copies
    and every tie go.
    """
    return await purge_member(tx, account_id=account_id, at=at) or await purge_copy(
        tx, account_id=account_id, at=at
    )


async def purge_member(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """The same for a member; False for anybody else."""
    login = await find_login_by_account(tx, account_id=account_id)
    keys = await empty_member(tx, account_id=account_id, at=at)
    if keys is None:
        return False
    if login is not None:
        await end_all_access(tx, login_id=login.id, at=at)
        await delete_login(tx, login_id=login.id)
    if keys:
        tx.enqueue(delete_files.queued(keys=keys))
    await record(tx, MemberDeleted(account_id=account_id))
    return True


async def purge_copy(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """The same for somebody elsewhere, because its owner or we deleted it."""
    copies = await list_copies(tx, account_id=account_id)
    if not await empty_remote_account(tx, account_id=account_id, at=at):
        return False
    await record(tx, AccountForgotten(account_id=account_id))
    if copies:
        tx.enqueue(delete_files.queued(keys=copies))
    return True
