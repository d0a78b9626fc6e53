"""Who wants to be given which content."""

from datetime import datetime

from watertower.base.db.transaction import Transaction

INSERT_OPT_IN = """
    INSERT INTO case_opt_ins (account_id, content, since) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING
"""
DELETE_OPT_IN = "DELETE FROM case_opt_ins WHERE account_id = $1 AND content = $2"


async def insert_opt_in(tx: Transaction, *, account_id: int, content: str, at: datetime) -> int:
    """They want it."""
    return await tx.execute(INSERT_OPT_IN, account_id, content, at)


async def delete_opt_in(tx: Transaction, *, account_id: int, content: str) -> int:
    """They do not."""
    return await tx.execute(DELETE_OPT_IN, account_id, content)
