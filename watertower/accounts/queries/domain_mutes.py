"""Servers that a member hides for itself ("domain blocks" in the API)."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page

INSERT_DOMAIN_MUTE = """
    INSERT INTO domain_mutes (account_id, domain, created_at)
    VALUES ($1, $2, $3)
    ON CONFLICT (account_id, domain) DO NOTHING
"""


async def insert_domain_mute(
    tx: Transaction, *, account_id: int, domain: str, at: datetime
) -> bool:
    """Hide a server; False if it is hidden already."""
    return bool(await tx.execute(INSERT_DOMAIN_MUTE, account_id, domain, at))


DELETE_DOMAIN_MUTE = "DELETE FROM domain_mutes WHERE account_id = $1 AND domain = $2"


async def delete_domain_mute(tx: Transaction, *, account_id: int, domain: str) -> bool:
    """Show a server again; False if it was not hidden."""
    return bool(await tx.execute(DELETE_DOMAIN_MUTE, account_id, domain))


HAS_DOMAIN_MUTE = """
    SELECT EXISTS (SELECT 1 FROM domain_mutes WHERE account_id = $1 AND domain = $2)
"""


async def has_domain_mute(tx: Reading, *, account_id: int, domain: str) -> bool:
    """Whether the account hides this server."""
    return bool(await tx.fetch_value(HAS_DOMAIN_MUTE, account_id, domain))


LIST_DOMAIN_MUTES = """
    SELECT domain, id AS sort
    FROM domain_mutes
    WHERE account_id = $1 AND id < $2 AND id > $3
    ORDER BY id DESC
    LIMIT $4
"""
LIST_DOMAIN_MUTES_UPWARDS = LIST_DOMAIN_MUTES.replace("DESC", "ASC")


async def list_domain_mutes(tx: Reading, *, account_id: int, page: Page) -> list[tuple[str, int]]:
    """Servers this account hides, latest first, with the id to page by."""
    sql = LIST_DOMAIN_MUTES_UPWARDS if page.upwards else LIST_DOMAIN_MUTES
    rows = await tx.fetch_all(sql, account_id, page.before_id, page.after_id, page.limit)
    found = [(row["domain"], row["sort"]) for row in rows]
    return found[::-1] if page.upwards else found
