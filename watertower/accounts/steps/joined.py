"""Announces the moment in which a member is both confirmed and approved."""

from watertower.accounts.credentials import Login
from watertower.accounts.events import MemberJoined
from watertower.accounts.queries.logins import find_login
from watertower.base.db.transaction import Transaction
from watertower.base.events import record


async def announce_if_joined(tx: Transaction, *, before: Login) -> None:
    """Record MemberJoined if the login, as it was before, was not yet let in and now is."""
    was_in = before.confirmed_at is not None and before.approved_at is not None
    login = await find_login(tx, login_id=before.id)
    if login is None or was_in:
        return
    if login.confirmed_at is not None and login.approved_at is not None:
        await record(tx, MemberJoined(account_id=login.account_id))
