"""What the community decided about special accounts: expectations, hashtags, invitations."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.account_types import (
    EXPECTATIONS,
    Expectations,
    Invitation,
    ReservedTag,
)

FIND_EXPECTATIONS = """
    SELECT version, text, created_at FROM account_type_expectations ORDER BY version DESC LIMIT 1
"""


async def find_expectations(tx: Reading) -> Expectations:
    """The version in force; the first is the one that comes with the software."""
    row = await tx.fetch_one(FIND_EXPECTATIONS)
    return Expectations(1, EXPECTATIONS, None) if row is None else Expectations(*row)


INSERT_EXPECTATIONS = """
    INSERT INTO account_type_expectations (version, text, author_account_id, created_at)
    SELECT coalesce(max(version), 1) + 1, $1, $2, $3 FROM account_type_expectations
    RETURNING version
"""


async def insert_expectations(tx: Transaction, *, text: str, author_id: int, at: datetime) -> int:
    """Publish a new version; its number."""
    version: int = await tx.fetch_value(INSERT_EXPECTATIONS, text, author_id, at)
    return version


LIST_TAGS = "SELECT name, purpose, account_type FROM reserved_hashtags ORDER BY name LIMIT 500"


async def list_tags(tx: Reading) -> list[ReservedTag]:
    """The register of reserved hashtags, by name."""
    return [ReservedTag(*row) for row in await tx.fetch_all(LIST_TAGS)]


PUT_TAG = """
    INSERT INTO reserved_hashtags (name, purpose, account_type, author_account_id, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (name) DO UPDATE SET purpose = excluded.purpose, account_type = excluded.account_type
"""


async def put_tag(
    tx: Transaction,
    *,
    name: str,
    purpose: str,
    account_type: str | None,
    author_id: int,
    at: datetime,
) -> None:
    """Reserve a hashtag, or change what it means."""
    await tx.execute(PUT_TAG, name, purpose, account_type, author_id, at)


DELETE_TAG = "DELETE FROM reserved_hashtags WHERE name = $1"


async def delete_tag(tx: Transaction, *, name: str) -> bool:
    """Release a hashtag; whether it was reserved."""
    return bool(await tx.execute(DELETE_TAG, name))


LIST_ACCOUNTS_OF_TYPES = """
    SELECT account_id FROM account_types WHERE types && $1::text[] ORDER BY account_id LIMIT 10000
"""


async def list_accounts_of_types(tx: Reading, *, types: Sequence[str]) -> list[int]:
    """Accounts that declared one of these types."""
    return [row["account_id"] for row in await tx.fetch_all(LIST_ACCOUNTS_OF_TYPES, list(types))]


INSERT_INVITATION = """
    INSERT INTO corporate_invitations (code, organisation, author_account_id, expires_at, created_at)
    VALUES ($1, $2, $3, $4, $5)
"""


async def insert_invitation(
    tx: Transaction,
    *,
    code: str,
    organisation: str,
    author_id: int,
    expires_at: datetime,
    at: datetime,
) -> None:
    """Invite a company."""
    await tx.execute(INSERT_INVITATION, code, organisation, author_id, expires_at, at)


USE_INVITATION = """
    UPDATE corporate_invitations SET used_by_account_id = $2
    WHERE code = $1 AND expires_at > $3
      AND (used_by_account_id IS NULL OR used_by_account_id = $2)
"""


async def use_invitation(tx: Transaction, *, code: str, account_id: int, at: datetime) -> bool:
    """Use an invitation up, for this account; False if it cannot be used."""
    return bool(await tx.execute(USE_INVITATION, code, account_id, at))


LIST_INVITATIONS = """
    SELECT id, code, organisation, expires_at, used_by_account_id
    FROM corporate_invitations ORDER BY id DESC LIMIT 50
"""


async def list_invitations(tx: Reading) -> list[Invitation]:
    """The last invitations, newest first."""
    return [Invitation(*row) for row in await tx.fetch_all(LIST_INVITATIONS)]
