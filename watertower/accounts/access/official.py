"""The account that speaks for the community."""

from watertower.accounts.queries.logins import find_login_by_username
from watertower.accounts.queries.site import list_site_settings
from watertower.base.db.transaction import Reading


async def official_account(tx: Reading) -> int | None:
    """Its id, or the contact account's where none was chosen; None if there is neither."""
    named = await list_site_settings(tx, ("official_username", "contact_username"))
    name = named.get("official_username") or named.get("contact_username") or ""
    login = await find_login_by_username(tx, username=name) if name else None
    return login.account_id if login is not None and login.may_be_used else None
