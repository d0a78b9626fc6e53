"""Keys of our own accounts, private parts included."""

from datetime import datetime
from typing import NamedTuple

from watertower.base.db.transaction import Reading, Transaction


class OwnKey(NamedTuple):
    """A key that an account of ours signs with."""

    key_id: str
    private_pem: str
    public_pem: str


FIND_OWN_KEY = """
    SELECT key_id, private_pem, public_pem
    FROM account_keys
    WHERE account_id = $1 AND private_pem IS NOT NULL AND revoked_at IS NULL
    ORDER BY id DESC
    LIMIT 1
"""


async def find_own_key(tx: Reading, *, account_id: int) -> OwnKey | None:
    """The newest key that is good."""
    row = await tx.fetch_one(FIND_OWN_KEY, account_id)
    return row and OwnKey(*row.values())


INSERT_OWN_KEY = """
    INSERT INTO account_keys (account_id, key_id, public_pem, private_pem, created_at)
    SELECT id, uri || '#main-key', $2, $3, $4
    FROM accounts
    WHERE id = $1 AND domain IS NULL
    ON CONFLICT (key_id) DO NOTHING
"""


async def insert_own_key(
    tx: Transaction, *, account_id: int, public_pem: str, private_pem: str, at: datetime
) -> None:
    """Give an account of ours its key; one that has one keeps it."""
    await tx.execute(INSERT_OWN_KEY, account_id, public_pem, private_pem, at)


INSERT_INSTANCE_ACCOUNT = """
    INSERT INTO accounts (id, username, actor_type, display_name, is_locked, is_discoverable,
                          is_bot, uri, url, inbox_url, shared_inbox_url, outbox_url, created_at)
    VALUES ($1, $2, 'Application', $2, true, false, true, $3 || '/actor', $3 || '/about',
            $3 || '/actor/inbox', $3 || '/inbox', $3 || '/actor/outbox', $4)
    ON CONFLICT DO NOTHING
"""


async def insert_instance_account(
    tx: Transaction, *, account_id: int, name: str, base_url: str, at: datetime
) -> None:
    """The account that the server itself speaks with."""
    await tx.execute(INSERT_INSTANCE_ACCOUNT, account_id, name, base_url, at)
