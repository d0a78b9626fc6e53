"""The open cases of somebody in a team."""

from watertower.base.db.transaction import Reading

LIST_OPEN_CASES_OF = """
    SELECT id FROM cases WHERE assigned_account_id = $1 AND closed_at IS NULL ORDER BY id LIMIT 1000
"""


async def list_open_cases_of(tx: Reading, *, account_id: int) -> list[int]:
    """The cases somebody has to hand over."""
    return [row["id"] for row in await tx.fetch_all(LIST_OPEN_CASES_OF, account_id)]


HAS_CASE_ABOUT = """
    SELECT EXISTS (
        SELECT FROM cases
        WHERE assigned_account_id = $1 AND target_account_id = $2 AND closed_at IS NULL
    )
"""


async def has_case_about(tx: Reading, *, moderator_id: int, account_id: int) -> bool:
    """Whether one handles an open case about the other."""
    found: bool = await tx.fetch_value(HAS_CASE_ABOUT, moderator_id, account_id)
    return found
