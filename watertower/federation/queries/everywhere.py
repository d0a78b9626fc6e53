"""Somebody on every server that is known, so that all of them hear of something."""

from watertower.base.db.transaction import Reading

LIST_ONE_OF_EACH_INBOX = """
    SELECT DISTINCT ON (coalesce(nullif(shared_inbox_url, ''), inbox_url)) id
    FROM accounts
    WHERE domain IS NOT NULL AND inbox_url <> '' AND deleted_at IS NULL
    ORDER BY coalesce(nullif(shared_inbox_url, ''), inbox_url), id
"""


async def list_one_of_each_inbox(tx: Reading) -> list[int]:
    """An account behind every inbox that we know; all of them, for what happens once in a life."""
    return [row["id"] for row in await tx.fetch_all(LIST_ONE_OF_EACH_INBOX)]
