"""Accounts: find, list, count."""

from collections.abc import Sequence
from dataclasses import fields

from watertower.accounts.model import Account
from watertower.base.db.transaction import Reading, Row
from watertower.base.json import from_json

_JSON = frozenset({"fields", "emojis"})
_NAMES = tuple(f.name for f in fields(Account))
COLUMNS = ", ".join(f"a.{name}" for name in _NAMES)


def account_of(row: Row) -> Account:
    """A row of COLUMNS as an account."""
    return Account(**{n: from_json(row[n]) if n in _JSON else row[n] for n in _NAMES})


FIND_ACCOUNT = f"SELECT {COLUMNS} FROM accounts a WHERE a.id = $1"


async def find_account(tx: Reading, *, account_id: int) -> Account | None:
    """The account of this id, whatever its standing."""
    row = await tx.fetch_one(FIND_ACCOUNT, account_id)
    return row and account_of(row)


LIST_ACCOUNTS = f"SELECT {COLUMNS} FROM accounts a WHERE a.id = ANY($1::bigint[])"


async def list_accounts(tx: Reading, *, account_ids: Sequence[int]) -> dict[int, Account]:
    """Accounts by id; unknown ids are left out."""
    rows = await tx.fetch_all(LIST_ACCOUNTS, list(account_ids))
    return {row["id"]: account_of(row) for row in rows}


FIND_ACCOUNT_BY_HANDLE = f"""
    SELECT {COLUMNS}
    FROM accounts a
    WHERE lower(a.username) = lower($1)
      AND coalesce(lower(a.domain), '') = coalesce(lower($2), '')
      AND a.id > 0
"""


async def find_account_by_handle(
    tx: Reading, *, username: str, domain: str | None
) -> Account | None:
    """The account of this handle; domain None for ours. Never the server's own account."""
    row = await tx.fetch_one(FIND_ACCOUNT_BY_HANDLE, username, domain)
    return row and account_of(row)


FIND_ACCOUNT_BY_URI = f"SELECT {COLUMNS} FROM accounts a WHERE a.uri = $1"


async def find_account_by_uri(tx: Reading, *, uri: str) -> Account | None:
    """The account whose ActivityPub id this is."""
    row = await tx.fetch_one(FIND_ACCOUNT_BY_URI, uri)
    return row and account_of(row)


LIST_HANDLES = """
    SELECT a.id, lower(a.username) || coalesce('@' || lower(a.domain), '') AS handle
    FROM unnest($1::text[], $2::text[]) AS wanted(username, domain)
    JOIN accounts a
      ON lower(a.username) = lower(wanted.username)
     AND coalesce(lower(a.domain), '') = coalesce(lower(wanted.domain), '')
    WHERE a.suspended_at IS NULL
"""


async def list_handles(tx: Reading, *, handles: Sequence[tuple[str, str | None]]) -> dict[str, int]:
    """Ids of the accounts behind these (username, domain), by lower-case `name` or `name@domain`."""
    rows = await tx.fetch_all(LIST_HANDLES, [h[0] for h in handles], [h[1] for h in handles])
    return {row["handle"]: row["id"] for row in rows}


LIST_ACCOUNT_STATS = """
    SELECT account_id, statuses_count, following_count, followers_count, last_status_at
    FROM account_stats
    WHERE account_id = ANY($1::bigint[])
"""


async def list_account_stats(tx: Reading, *, account_ids: Sequence[int]) -> dict[int, Row]:
    """Counts by account id."""
    rows = await tx.fetch_all(LIST_ACCOUNT_STATS, list(account_ids))
    return {row["account_id"]: row for row in rows}
