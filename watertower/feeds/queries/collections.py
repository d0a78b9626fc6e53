"""Collections: public selections of accounts, as a viewer may see them, and changes to them."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json
from watertower.feeds.model import Collection, CollectionChange, CollectionItem

# $1 is the viewer, NULL for the public. Whoever blocks the viewer, or is blocked, is left out.
_APART = """
    EXISTS (
        SELECT 1 FROM blocks b
        WHERE (b.account_id = $1 AND b.target_account_id = {who})
           OR (b.account_id = {who} AND b.target_account_id = $1)
    )
"""
_COLLECTIONS = f"""
    SELECT c.id, c.account_id, c.name, c.description, c.language, c.is_sensitive,
           c.is_discoverable, c.tag_name, c.created_at, c.updated_at,
           coalesce((
               SELECT json_agg(json_build_array(i.id, i.account_id, i.created_at) ORDER BY i.id)
               FROM collection_items i
               JOIN accounts ia ON ia.id = i.account_id
               WHERE i.collection_id = c.id AND i.state = 'accepted' AND ia.suspended_at IS NULL
                 AND NOT {_APART.format(who="i.account_id")}
           ), '[]')::text AS items
    FROM account_collections c
    JOIN accounts a ON a.id = c.account_id AND a.suspended_at IS NULL
    WHERE NOT {_APART.format(who="c.account_id")}
"""
LIST_COLLECTIONS_BY_ID = f"{_COLLECTIONS} AND c.id = ANY($2::bigint[])"


async def list_collections_by_id(
    tx: Reading, *, viewer_id: int | None, collection_ids: Sequence[int]
) -> list[Collection]:
    """Those of these collections that the viewer may see, in no order."""
    rows = await tx.fetch_all(LIST_COLLECTIONS_BY_ID, viewer_id, list(collection_ids))
    return [_collection_of(row) for row in rows]


LIST_COLLECTIONS_OF = f"""
    {_COLLECTIONS} AND c.account_id = $2 AND (c.is_discoverable OR c.account_id = $1)
    ORDER BY c.id DESC
    OFFSET $4
    LIMIT $3
"""


async def list_collections_of(
    tx: Reading, *, viewer_id: int | None, account_id: int, limit: int, offset: int
) -> list[Collection]:
    """An account's collections, newest first; all of them for itself only."""
    rows = await tx.fetch_all(LIST_COLLECTIONS_OF, viewer_id, account_id, limit, offset)
    return [_collection_of(row) for row in rows]


LIST_COLLECTIONS_WITH = f"""
    {_COLLECTIONS} AND EXISTS (
        SELECT 1 FROM collection_items mine
        WHERE mine.collection_id = c.id AND mine.account_id = $1 AND mine.state = 'accepted'
    )
    ORDER BY c.id DESC
    OFFSET $3
    LIMIT $2
"""


async def list_collections_with(
    tx: Reading, *, account_id: int, limit: int, offset: int
) -> list[Collection]:
    """Collections in which an account is, newest first, as it sees them."""
    rows = await tx.fetch_all(LIST_COLLECTIONS_WITH, account_id, limit, offset)
    return [_collection_of(row) for row in rows]


LOCK_OWNER = "SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE"
INSERT_COLLECTION = """
    INSERT INTO account_collections
        (account_id, name, description, language, is_sensitive, is_discoverable, tag_name,
         created_at, updated_at)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $8
    WHERE (SELECT count(*) FROM account_collections WHERE account_id = $1) < $9
    RETURNING id
"""


async def insert_collection(
    tx: Transaction, *, account_id: int, change: CollectionChange, most: int, at: datetime
) -> int | None:
    """Make a collection; its id, or None if the member has as many as allowed."""
    await tx.fetch_value(LOCK_OWNER, account_id)  # two requests at once must not pass the limit
    made: int | None = await tx.fetch_value(
        INSERT_COLLECTION,
        account_id,
        change.name,
        change.description or "",
        change.language,
        bool(change.is_sensitive),
        change.is_discoverable is not False,
        change.tag_name or None,
        at,
        most,
    )
    return made


UPDATE_COLLECTION = """
    UPDATE account_collections
    SET name = coalesce($3, name), description = coalesce($4, description),
        language = coalesce($5, language), is_sensitive = coalesce($6, is_sensitive),
        is_discoverable = coalesce($7, is_discoverable),
        tag_name = CASE WHEN $8::text IS NULL THEN tag_name ELSE nullif($8, '') END,
        updated_at = $9
    WHERE id = $1 AND account_id = $2
"""


async def update_collection(
    tx: Transaction, *, collection_id: int, account_id: int, change: CollectionChange, at: datetime
) -> int:
    """Change what is given of a member's own collection."""
    return await tx.execute(
        UPDATE_COLLECTION,
        collection_id,
        account_id,
        change.name,
        change.description,
        change.language,
        change.is_sensitive,
        change.is_discoverable,
        change.tag_name,
        at,
    )


DELETE_COLLECTION = "DELETE FROM account_collections WHERE id = $1 AND account_id = $2"


async def delete_collection(tx: Transaction, *, collection_id: int, account_id: int) -> int:
    """Remove a member's own collection."""
    return await tx.execute(DELETE_COLLECTION, collection_id, account_id)


LOCK_COLLECTION = """
    SELECT id FROM account_collections WHERE id = $1 AND account_id = $2 FOR UPDATE
"""


async def lock_collection(tx: Transaction, *, collection_id: int, account_id: int) -> bool:
    """Whether it is the member's own; until the end of the transaction nobody else changes it."""
    return await tx.fetch_value(LOCK_COLLECTION, collection_id, account_id) is not None


COUNT_ITEMS = (
    "SELECT count(*) FROM collection_items WHERE collection_id = $1 AND state = 'accepted'"
)


async def count_items(tx: Reading, *, collection_id: int) -> int:
    """How many accounts are in a collection."""
    found: int = await tx.fetch_value(COUNT_ITEMS, collection_id)
    return found


INSERT_ITEM = """
    INSERT INTO collection_items (collection_id, account_id, created_at)
    VALUES ($1, $2, $3)
    ON CONFLICT (collection_id, account_id) DO NOTHING
    RETURNING id
"""


async def insert_item(
    tx: Transaction, *, collection_id: int, account_id: int, at: datetime
) -> int | None:
    """Put an account in; the item's id, or None if it is in or does not want to be."""
    made: int | None = await tx.fetch_value(INSERT_ITEM, collection_id, account_id, at)
    return made


DELETE_ITEM = """
    DELETE FROM collection_items i
    USING account_collections c
    WHERE i.id = $2 AND i.collection_id = $1 AND c.id = i.collection_id AND c.account_id = $3
      AND i.state <> 'revoked'
"""


async def delete_item(tx: Transaction, *, collection_id: int, item_id: int, account_id: int) -> int:
    """Take an account out of a member's own collection."""
    return await tx.execute(DELETE_ITEM, collection_id, item_id, account_id)


REVOKE_ITEM = """
    UPDATE collection_items SET state = 'revoked'
    WHERE id = $2 AND collection_id = $1 AND account_id = $3 AND state <> 'revoked'
"""


async def revoke_item(tx: Transaction, *, collection_id: int, item_id: int, account_id: int) -> int:
    """A member leaves somebody's collection for good."""
    return await tx.execute(REVOKE_ITEM, collection_id, item_id, account_id)


REVOKE_BETWEEN = """
    UPDATE collection_items i SET state = 'revoked'
    FROM account_collections c
    WHERE c.id = i.collection_id AND i.state <> 'revoked'
      AND ((c.account_id = $1 AND i.account_id = $2) OR (c.account_id = $2 AND i.account_id = $1))
"""


async def revoke_between(tx: Transaction, *, account_id: int, other_id: int) -> int:
    """Two accounts parted: neither stays in a collection of the other."""
    return await tx.execute(REVOKE_BETWEEN, account_id, other_id)


FIND_COLLECTION_OF_ITEM = """
    SELECT i.collection_id, c.account_id AS owner_id, i.account_id
    FROM collection_items i
    JOIN account_collections c ON c.id = i.collection_id
    WHERE i.id = $1 AND i.state = 'accepted'
"""


async def find_item(tx: Reading, *, item_id: int) -> tuple[int, int, int] | None:
    """(collection, its owner, who is in it) of an item."""
    row = await tx.fetch_one(FIND_COLLECTION_OF_ITEM, item_id)
    return None if row is None else (row["collection_id"], row["owner_id"], row["account_id"])


def _collection_of(row: Row) -> Collection:
    items = [
        CollectionItem(item_id, account_id, datetime.fromisoformat(at))
        for item_id, account_id, at in from_json(row["items"])
    ]
    values = dict(row) | {"items": items}
    return Collection(**values)
