"""What a deleted member did to statuses of others."""

from watertower.base.db.transaction import Transaction

DELETE_SOME_FAVOURITES = """
    WITH gone AS (
        DELETE FROM favourites
        WHERE id IN (SELECT id FROM favourites WHERE account_id = $1 ORDER BY id LIMIT $2)
        RETURNING status_id
    ), counted AS (
        UPDATE status_stats SET favourites_count = greatest(0, favourites_count - 1)
        WHERE status_id IN (SELECT status_id FROM gone)
    )
    SELECT count(*) FROM gone
"""


async def delete_some_favourites(tx: Transaction, *, account_id: int, most: int) -> int:
    """Take back at most so many stars; how many there were."""
    number: int = await tx.fetch_value(DELETE_SOME_FAVOURITES, account_id, most)
    return number


DELETE_KEPT = (
    "DELETE FROM bookmarks WHERE account_id = $1",
    "DELETE FROM status_pins WHERE account_id = $1",
    "DELETE FROM conversation_mutes WHERE account_id = $1",
    "DELETE FROM scheduled_statuses WHERE account_id = $1",
    "DELETE FROM submissions WHERE account_id = $1",
    "DELETE FROM cleanup_policies WHERE account_id = $1",
)


async def delete_kept(tx: Transaction, *, account_id: int) -> None:
    """Forget what the member kept, planned and sent."""
    for statement in DELETE_KEPT:
        await tx.execute(statement, account_id)
