"""Logins: the person behind an account of ours."""

from dataclasses import fields
from datetime import datetime

from watertower.accounts.credentials import Login
from watertower.base.db.transaction import Reading, Row, Transaction

_OF_ACCOUNT = frozenset({"username", "suspended_at"})
LOGIN_COLUMNS = ", ".join(
    f"{'a' if f.name in _OF_ACCOUNT else 'l'}.{f.name}" for f in fields(Login)
)
SELECT = f"SELECT {LOGIN_COLUMNS} FROM logins l JOIN accounts a ON a.id = l.account_id"


def login_of(row: Row) -> Login:
    """A row of LOGIN_COLUMNS as a login."""
    return Login(**{f.name: row[f.name] for f in fields(Login)})


FIND_LOGIN = f"{SELECT} WHERE l.id = $1"
LOCK_LOGIN = f"{FIND_LOGIN} FOR UPDATE OF l"


async def find_login(tx: Reading, *, login_id: int) -> Login | None:
    """The login of this id."""
    row = await tx.fetch_one(FIND_LOGIN, login_id)
    return row and login_of(row)


async def lock_login(tx: Transaction, *, login_id: int) -> Login | None:
    """The login, which nobody else changes until this transaction ends."""
    row = await tx.fetch_one(LOCK_LOGIN, login_id)
    return row and login_of(row)


FIND_LOGIN_BY_ACCOUNT = f"{SELECT} WHERE l.account_id = $1"


async def find_login_by_account(tx: Reading, *, account_id: int) -> Login | None:
    """The login of this account; None for accounts of other servers."""
    row = await tx.fetch_one(FIND_LOGIN_BY_ACCOUNT, account_id)
    return row and login_of(row)


FIND_LOGIN_BY_EMAIL = f"{SELECT} WHERE lower(l.email) = lower($1)"


async def find_login_by_email(tx: Reading, *, email: str) -> Login | None:
    """The login with this (confirmed or first) address."""
    row = await tx.fetch_one(FIND_LOGIN_BY_EMAIL, email)
    return row and login_of(row)


FIND_LOGIN_BY_USERNAME = f"""
    {SELECT}
    WHERE lower(a.username) = lower($1) AND coalesce(lower(a.domain), '') = ''
"""


async def find_login_by_username(tx: Reading, *, username: str) -> Login | None:
    """The login of the member with this name."""
    row = await tx.fetch_one(FIND_LOGIN_BY_USERNAME, username)
    return row and login_of(row)


LIST_LOGINS = f"""
    {SELECT}
    WHERE (NOT $1::boolean OR l.approved_at IS NULL)
      AND l.id < $2
    ORDER BY l.id DESC
    LIMIT $3
"""


async def list_logins(
    tx: Reading, *, only_pending: bool, before_id: int, limit: int
) -> list[Login]:
    """Logins, newest first; only those that wait for a decision if wanted."""
    rows = await tx.fetch_all(LIST_LOGINS, only_pending, before_id, limit)
    return [login_of(row) for row in rows]


UPDATE_CONFIRMED = """
    UPDATE logins
    SET confirmed_at = coalesce(confirmed_at, $3), email = $2, unconfirmed_email = NULL
    WHERE id = $1
      AND NOT EXISTS (
          SELECT FROM logins other WHERE lower(other.email) = lower($2) AND other.id <> $1
      )
"""


async def update_confirmed(tx: Transaction, *, login_id: int, email: str, at: datetime) -> bool:
    """Note that the address belongs to the member; False if somebody else has it by now."""
    return bool(await tx.execute(UPDATE_CONFIRMED, login_id, email, at))


UPDATE_WANTED_EMAIL = """
    UPDATE logins
    SET unconfirmed_email = CASE WHEN confirmed_at IS NOT NULL THEN $2 END,
        email = CASE WHEN confirmed_at IS NULL THEN $2 ELSE email END
    WHERE id = $1
      AND NOT EXISTS (
          SELECT FROM logins other WHERE lower(other.email) = lower($2) AND other.id <> $1
      )
"""


async def update_wanted_email(tx: Transaction, *, login_id: int, email: str) -> bool:
    """Note a new address: beside the old one once that is confirmed, else in its place.

    False if somebody else has it.
    """
    return bool(await tx.execute(UPDATE_WANTED_EMAIL, login_id, email))


UPDATE_APPROVED = "UPDATE logins SET approved_at = $2 WHERE id = $1 AND approved_at IS NULL"


async def update_approved(tx: Transaction, *, login_id: int, at: datetime) -> bool:
    """Let the applicant in; whether that was not so before."""
    return bool(await tx.execute(UPDATE_APPROVED, login_id, at))


UPDATE_ROLE = """
    WITH changed AS (
        UPDATE logins SET role_id = $2 WHERE id = $1 RETURNING account_id
    )
    UPDATE accounts SET version = version + 1 WHERE id IN (SELECT account_id FROM changed)
"""


async def update_role(tx: Transaction, *, login_id: int, role_id: int) -> None:
    """Give the member a role. It shows in the account."""
    await tx.execute(UPDATE_ROLE, login_id, role_id)


UPDATE_PASSWORD = "UPDATE logins SET password_hash = $2 WHERE id = $1"


async def update_password(tx: Transaction, *, login_id: int, password_hash: str) -> None:
    """Replace the password."""
    await tx.execute(UPDATE_PASSWORD, login_id, password_hash)


UPGRADE_PASSWORD = "UPDATE logins SET password_hash = $3 WHERE id = $1 AND password_hash = $2"


async def update_password_hash(tx: Transaction, *, login_id: int, old: str, new: str) -> None:
    """Replace an outdated hash of the same password, unless it was changed meanwhile."""
    await tx.execute(UPGRADE_PASSWORD, login_id, old, new)


UPDATE_SIGNED_IN = """
    UPDATE logins SET last_active_at = $2, current_ip = $3::text::inet WHERE id = $1
"""


async def update_signed_in(tx: Transaction, *, login_id: int, ip: str | None, at: datetime) -> None:
    """Note a sign-in."""
    await tx.execute(UPDATE_SIGNED_IN, login_id, at, ip or None)
