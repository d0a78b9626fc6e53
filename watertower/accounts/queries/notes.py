"""What a member wrote down about others, for its own eyes."""

from watertower.base.db.transaction import Transaction

PUT_NOTE = """
    INSERT INTO account_notes (account_id, target_account_id, comment)
    VALUES ($1, $2, $3)
    ON CONFLICT (account_id, target_account_id) DO UPDATE SET comment = excluded.comment
"""
DELETE_NOTE = "DELETE FROM account_notes WHERE account_id = $1 AND target_account_id = $2"


async def update_note(tx: Transaction, *, actor_id: int, target_id: int, comment: str) -> None:
    """Keep this comment in place of the old one; an empty one forgets it."""
    if comment:
        await tx.execute(PUT_NOTE, actor_id, target_id, comment)
    else:
        await tx.execute(DELETE_NOTE, actor_id, target_id)
