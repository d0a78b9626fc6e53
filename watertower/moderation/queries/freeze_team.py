"""Who of the team hears of a freeze, and where."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading

LIST_RESPONSIBLE = """
    SELECT coalesce(c.assigned_account_id, m.actor_account_id) AS account_id
    FROM freezes z
    JOIN moderation_actions m ON m.id = z.action_id
    LEFT JOIN cases c ON c.id = z.case_id
    JOIN logins l ON l.account_id = coalesce(c.assigned_account_id, m.actor_account_id)
    JOIN roles r ON r.id = l.role_id
    JOIN accounts a ON a.id = l.account_id
    WHERE z.id = $1 AND r.permissions <> 0 AND l.frozen_at IS NULL AND a.suspended_at IS NULL
"""


async def list_responsible(tx: Reading, *, freeze_id: int) -> list[int]:
    """Whoever has the case, else who froze the account; nobody if they can no longer act."""
    return [row["account_id"] for row in await tx.fetch_all(LIST_RESPONSIBLE, freeze_id)]


LIST_ADDRESSES = """
    SELECT email FROM logins WHERE account_id = ANY($1::bigint[]) ORDER BY account_id LIMIT 100
"""


async def list_addresses(tx: Reading, *, account_ids: Sequence[int]) -> list[str]:
    """The e-mail addresses of these members."""
    return [row["email"] for row in await tx.fetch_all(LIST_ADDRESSES, list(account_ids))]
