"""Conversations that a member does not want to hear of."""

from watertower.base.db.transaction import Transaction

INSERT_CONVERSATION_MUTE = """
    INSERT INTO conversation_mutes (account_id, conversation_id) VALUES ($1, $2)
    ON CONFLICT DO NOTHING
"""


async def insert_conversation_mute(
    tx: Transaction, *, account_id: int, conversation_id: int
) -> bool:
    """Hear no more of it; False if that was so already."""
    return bool(await tx.execute(INSERT_CONVERSATION_MUTE, account_id, conversation_id))


DELETE_CONVERSATION_MUTE = """
    DELETE FROM conversation_mutes WHERE account_id = $1 AND conversation_id = $2
"""


async def delete_conversation_mute(
    tx: Transaction, *, account_id: int, conversation_id: int
) -> bool:
    """Hear of it again; False if that was so already."""
    return bool(await tx.execute(DELETE_CONVERSATION_MUTE, account_id, conversation_id))
