"""How an account stands with this community."""

from dataclasses import dataclass

from watertower.base.db.transaction import Reading


@dataclass(frozen=True)
class Standing:
    """What was decided about an account."""

    is_suspended: bool
    is_frozen: bool
    is_limited: bool


FIND_STANDING = """
    SELECT a.suspended_at IS NOT NULL AS is_suspended,
           l.frozen_at IS NOT NULL AS is_frozen,
           a.limited_at IS NOT NULL AS is_limited
    FROM accounts a
    LEFT JOIN logins l ON l.account_id = a.id
    WHERE a.id = $1
"""


async def find_standing(tx: Reading, *, account_id: int) -> Standing | None:
    """The standing of this account, None if there is no such account."""
    row = await tx.fetch_one(FIND_STANDING, account_id)
    return row and Standing(row["is_suspended"], row["is_frozen"], row["is_limited"])
