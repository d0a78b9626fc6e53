"""Members who follow somebody."""

from watertower.base.db.transaction import Reading

LIST_LOCAL_FOLLOWERS = """
    SELECT f.id, f.account_id FROM follows f
    JOIN accounts a ON a.id = f.account_id
    WHERE f.target_account_id = $1 AND a.domain IS NULL AND f.id > $2
    ORDER BY f.id
    LIMIT $3
"""


async def list_local_followers(
    tx: Reading, *, account_id: int, after_id: int, limit: int
) -> list[tuple[int, int]]:
    """(id of the follow, member), oldest first."""
    rows = await tx.fetch_all(LIST_LOCAL_FOLLOWERS, account_id, after_id, limit)
    return [(row["id"], row["account_id"]) for row in rows]
