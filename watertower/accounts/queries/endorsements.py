"""Accounts that a member shows on its profile."""

from datetime import datetime

from watertower.accounts.queries.pages import Listed, list_page
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page

# Only whom one follows can be shown: the row is made from the follow, which is held meanwhile.
INSERT_ENDORSEMENT = """
    WITH held AS (
        SELECT account_id, target_account_id
        FROM follows
        WHERE account_id = $1 AND target_account_id = $2
        FOR KEY SHARE
    )
    INSERT INTO endorsements (account_id, target_account_id, created_at)
    SELECT account_id, target_account_id, $3 FROM held
    ON CONFLICT (account_id, target_account_id) DO NOTHING
"""


async def insert_endorsement(
    tx: Transaction, *, actor_id: int, target_id: int, at: datetime
) -> bool:
    """Show an account one follows; False if it is shown already or not followed."""
    return bool(await tx.execute(INSERT_ENDORSEMENT, actor_id, target_id, at))


DELETE_ENDORSEMENT = "DELETE FROM endorsements WHERE account_id = $1 AND target_account_id = $2"


async def delete_endorsement(tx: Transaction, *, actor_id: int, target_id: int) -> bool:
    """Show it no more; False if it was not shown."""
    return bool(await tx.execute(DELETE_ENDORSEMENT, actor_id, target_id))


LIST_ENDORSEMENTS = """
    SELECT e.target_account_id AS account_id, e.id AS sort
    FROM endorsements e
    JOIN accounts a ON a.id = e.target_account_id
    WHERE e.account_id = $1 AND e.id < $2 AND e.id > $3
      AND a.suspended_at IS NULL AND a.deleted_at IS NULL
    ORDER BY e.id DESC
    LIMIT $4
"""


async def list_endorsements(tx: Reading, *, account_id: int, page: Page) -> list[Listed]:
    """Whom this account shows on its profile, latest first."""
    return await list_page(tx, LIST_ENDORSEMENTS, account_id, page=page)
