"""The version of a member's filters: it comes with the token, so that kept filters never lag."""

from watertower.base.db.transaction import Transaction

GROW_FILTERS_VERSION = """
    UPDATE logins SET filters_version = filters_version + 1 WHERE account_id = $1
"""


async def grow_filters_version(tx: Transaction, *, account_id: int) -> None:
    """Say that the member's filters are different from now on."""
    await tx.execute(GROW_FILTERS_VERSION, account_id)
