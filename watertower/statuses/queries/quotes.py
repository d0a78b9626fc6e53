"""Quotes: who may quote what, and what was quoted by whom."""

from watertower.base.db.transaction import Reading

# The author always; others if what they quote is for everybody and its policy lets them.
MAY_QUOTE = """
    SELECT s.account_id = $1 OR (
        s.visibility <= 1 AND (
            s.quote_policy = 'public'
            OR (s.quote_policy = 'followers' AND EXISTS (
                SELECT 1 FROM follows f
                WHERE f.account_id = $1 AND f.target_account_id = s.account_id
            ))
        )
    )
    FROM statuses s
    WHERE s.id = $2
"""


async def may_quote(tx: Reading, *, account_id: int, status_id: int) -> bool:
    """Whether this account may quote the status without being asked about it."""
    return bool(await tx.fetch_value(MAY_QUOTE, account_id, status_id))
