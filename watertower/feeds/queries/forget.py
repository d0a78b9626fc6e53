"""Everything that feeds keep for a member."""

from watertower.base.db.transaction import Transaction

DELETE_OF_MEMBER = (
    "DELETE FROM home_feed WHERE account_id = $1",
    "DELETE FROM notifications WHERE account_id = $1",
    "DELETE FROM notification_policies WHERE account_id = $1",
    "DELETE FROM notification_permissions WHERE account_id = $1 OR from_account_id = $1",
    "DELETE FROM markers WHERE account_id = $1",
    "DELETE FROM lists WHERE account_id = $1",
    "DELETE FROM filters WHERE account_id = $1",
    "DELETE FROM inbox_conversations WHERE account_id = $1",
    "DELETE FROM announcement_reads WHERE account_id = $1",
    "DELETE FROM announcement_reactions WHERE account_id = $1",
    "DELETE FROM tag_follows WHERE account_id = $1",
    "DELETE FROM featured_tags WHERE account_id = $1",
    "DELETE FROM push_subscriptions WHERE account_id = $1",
    "DELETE FROM imports WHERE account_id = $1",
    "DELETE FROM account_collections WHERE account_id = $1",
    "DELETE FROM collection_items WHERE account_id = $1",
    "DELETE FROM account_collections WHERE account_id = $1",
    "DELETE FROM collection_items WHERE account_id = $1",
)


async def delete_of_member(tx: Transaction, *, account_id: int) -> None:
    """Forget all of it."""
    for statement in DELETE_OF_MEMBER:
        await tx.execute(statement, account_id)
