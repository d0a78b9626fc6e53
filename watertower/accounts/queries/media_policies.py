"""From which server a file came."""

from watertower.base.db.transaction import Reading

FIND_OWNER_DOMAIN = """
    SELECT lower(a.domain)
    FROM media_attachments m
    JOIN accounts a ON a.id = m.account_id
    WHERE m.id = $1
"""


async def find_owner_domain(tx: Reading, *, media_id: int) -> str | None:
    """The server of who posted the file; None for ours and for what is not there."""
    found: str | None = await tx.fetch_value(FIND_OWNER_DOMAIN, media_id)
    return found
