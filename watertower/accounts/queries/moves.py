"""Where accounts came from and where they go."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.model import Account
from watertower.accounts.queries.accounts import COLUMNS, account_of
from watertower.base.db.transaction import Reading, Transaction

LIST_BY_URI = f"SELECT {COLUMNS} FROM accounts a WHERE a.uri = ANY($1::text[]) ORDER BY a.id"


async def list_by_uri(tx: Reading, *, uris: Sequence[str]) -> list[Account]:
    """Those of these accounts that are known."""
    return [account_of(row) for row in await tx.fetch_all(LIST_BY_URI, list(uris))]


UPDATE_ALIASES = """
    UPDATE accounts SET also_known_as = $2, updated_at = $3, version = version + 1 WHERE id = $1
"""


async def update_aliases(
    tx: Transaction, *, account_id: int, uris: Sequence[str], at: datetime
) -> None:
    """The addresses that may move here."""
    await tx.execute(UPDATE_ALIASES, account_id, list(uris), at)


UPDATE_STAYING = """
    UPDATE accounts SET moved_to_account_id = NULL, updated_at = $2, version = version + 1
    WHERE id = $1 AND moved_to_account_id IS NOT NULL
"""


async def update_staying(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """The account points nowhere any more; False if it did not."""
    return bool(await tx.execute(UPDATE_STAYING, account_id, at))


FIND_LAST_MOVE = """
    SELECT created_at FROM account_moves WHERE account_id = $1 ORDER BY id DESC LIMIT 1
"""


async def find_last_move(tx: Reading, *, account_id: int) -> datetime | None:
    """When the account last took its followers elsewhere."""
    found: datetime | None = await tx.fetch_value(FIND_LAST_MOVE, account_id)
    return found


INSERT_MOVE = """
    INSERT INTO account_moves (account_id, target_account_id, created_at) VALUES ($1, $2, $3)
    RETURNING id
"""


async def insert_move(tx: Transaction, *, account_id: int, target_id: int, at: datetime) -> int:
    """Note a move; its id."""
    new_id: int = await tx.fetch_value(INSERT_MOVE, account_id, target_id, at)
    return new_id


LIST_LOCAL_FOLLOWERS = """
    SELECT f.id, f.account_id
    FROM follows f
    JOIN accounts a ON a.id = f.account_id AND a.domain IS NULL
    WHERE f.target_account_id = $1 AND f.id > $2
    ORDER BY f.id
    LIMIT $3
"""


async def list_local_followers(
    tx: Reading, *, account_id: int, after_id: int, limit: int
) -> list[tuple[int, int]]:
    """(follow, follower) of members here, from a follow on."""
    rows = await tx.fetch_all(LIST_LOCAL_FOLLOWERS, account_id, after_id, limit)
    return [(row["id"], row["account_id"]) for row in rows]
