"""People elsewhere who are refused before they ever come here."""

from collections.abc import Sequence
from datetime import datetime

from watertower.accounts.model import Refusal
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page

COLUMNS = "id, username, domain, standing, reason, made_by_account_id, account_id, created_at"

INSERT_REFUSAL = """
    INSERT INTO refusals_in_advance
        (username, domain, standing, reason, made_by_account_id, created_at)
    VALUES ($1, lower($2), $3, $4, $5, $6)
    ON CONFLICT (lower(username), lower(domain)) DO UPDATE
    SET standing = excluded.standing, reason = excluded.reason,
        made_by_account_id = excluded.made_by_account_id
    RETURNING id
"""


async def insert_refusal(
    tx: Transaction,
    *,
    username: str,
    domain: str,
    standing: str,
    reason: str,
    made_by: int,
    at: datetime,
) -> int:
    """Refuse this name; its id. Refusing it again changes how."""
    refusal_id: int = await tx.fetch_value(
        INSERT_REFUSAL, username, domain, standing, reason, made_by, at
    )
    return refusal_id


TAKE_REFUSAL = f"""
    UPDATE refusals_in_advance SET account_id = $3
    WHERE lower(username) = lower($1) AND domain = lower($2) AND account_id IS NULL
    RETURNING {COLUMNS}
"""


async def take_refusal(
    tx: Transaction, *, username: str, domain: str, account_id: int
) -> Refusal | None:
    """The refusal of this name, which from now on is this account's; None if nobody refused it."""
    row = await tx.fetch_one(TAKE_REFUSAL, username, domain, account_id)
    return row and Refusal(*row.values())


DELETE_REFUSAL = f"DELETE FROM refusals_in_advance WHERE id = $1 RETURNING {COLUMNS}"


async def delete_refusal(tx: Transaction, *, refusal_id: int) -> Refusal | None:
    """No longer refuse; what it was, None if there was none."""
    row = await tx.fetch_one(DELETE_REFUSAL, refusal_id)
    return row and Refusal(*row.values())


FIND_REFUSAL = f"SELECT {COLUMNS} FROM refusals_in_advance WHERE id = $1"


async def find_refusal(tx: Reading, *, refusal_id: int) -> Refusal | None:
    """One refusal."""
    row = await tx.fetch_one(FIND_REFUSAL, refusal_id)
    return row and Refusal(*row.values())


LIST_REFUSALS = f"""
    SELECT {COLUMNS} FROM refusals_in_advance
    WHERE id < $1 AND id > $2 AND account_id IS NULL
    ORDER BY id DESC
    LIMIT $3
"""
LIST_REFUSALS_UPWARDS = LIST_REFUSALS.replace("DESC", "ASC")


async def list_refusals(tx: Reading, *, page: Page) -> Sequence[Refusal]:
    """Who is refused and did not come yet, the newest first."""
    sql = LIST_REFUSALS_UPWARDS if page.upwards else LIST_REFUSALS
    rows = await tx.fetch_all(sql, page.before_id, page.after_id, page.limit)
    return [Refusal(*row.values()) for row in (rows[::-1] if page.upwards else rows)]
