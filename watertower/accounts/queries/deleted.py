"""What is left of a member who was deleted: a row that keeps the name."""

from datetime import datetime

from watertower.accounts.queries.remembered import DELETE_TIES
from watertower.base.db.transaction import Transaction

# The key stays: other servers must be able to prove that we said good-bye.
EMPTY_MEMBER = """
    WITH before AS (
        SELECT id, avatar_key, avatar_static_key, header_key, header_static_key
        FROM accounts
        WHERE id = $1 AND domain IS NULL AND deleted_at IS NULL
        FOR NO KEY UPDATE
    ), emptied AS (
        UPDATE accounts
        SET deleted_at = $2, suspended_at = coalesce(suspended_at, $2), display_name = '',
            note = '', note_html = '', fields = '[]', emojis = '[]', avatar_key = NULL,
            avatar_static_key = NULL, avatar_description = '', header_key = NULL,
            header_static_key = NULL, header_description = '', is_discoverable = false,
            is_indexable = false, attribution_domains = '{}', also_known_as = '{}',
            version = version + 1
        WHERE id IN (SELECT id FROM before)
    )
    SELECT avatar_key, avatar_static_key, header_key, header_static_key FROM before
"""


async def empty_member(tx: Transaction, *, account_id: int, at: datetime) -> list[str] | None:
    """Take away all that the account showed; the keys of its pictures. None: done before."""
    row = await tx.fetch_one(EMPTY_MEMBER, account_id, at)
    return None if row is None else sorted({key for key in row if key})


DELETE_LOGIN = "DELETE FROM logins WHERE id = $1"


async def delete_login(tx: Transaction, *, login_id: int) -> None:
    """Forget address, password, sessions, tokens and preferences."""
    await tx.execute(DELETE_LOGIN, login_id)


DELETE_OWN_TIES = (
    *(statement for statement in DELETE_TIES if "account_keys" not in statement),
    "DELETE FROM domain_mutes WHERE account_id = $1",
    "DELETE FROM account_notes WHERE account_id = $1 OR target_account_id = $1",
    "DELETE FROM endorsements WHERE account_id = $1 OR target_account_id = $1",
    "DELETE FROM dismissed_suggestions WHERE account_id = $1 OR target_account_id = $1",
    "UPDATE invites SET expires_at = least(expires_at, created_at) WHERE account_id = $1",
)


async def delete_own_ties(tx: Transaction, *, account_id: int) -> None:
    """End every relation between a deleted member and others, and its invitations."""
    for statement in DELETE_OWN_TIES:
        await tx.execute(statement, account_id)
