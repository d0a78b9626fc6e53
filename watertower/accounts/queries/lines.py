"""What is needed to show accounts: versions and counts first, the rest only when it is not kept."""

from collections.abc import Sequence
from dataclasses import replace

from watertower.accounts.model import AccountLine, Role, ShownAccount
from watertower.accounts.queries.accounts import COLUMNS, account_of
from watertower.base.db.transaction import Reading, Row

LIST_ACCOUNT_LINES = """
    SELECT a.id, a.version, coalesce(s.statuses_count, 0) AS statuses_count,
           coalesce(s.following_count, 0) AS following_count,
           coalesce(s.followers_count, 0) AS followers_count, s.last_status_at
    FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted(id, place)
    JOIN accounts a ON a.id = wanted.id AND a.deleted_at IS NULL
    LEFT JOIN account_stats s ON s.account_id = a.id
    ORDER BY wanted.place
"""


async def list_account_lines(tx: Reading, *, account_ids: Sequence[int]) -> list[AccountLine]:
    """Lines in the order of the ids; unknown and deleted accounts are left out."""
    rows = await tx.fetch_all(LIST_ACCOUNT_LINES, list(account_ids))
    return [AccountLine(*row.values()) for row in rows]


# OFFSET 0: each account looks up what belongs to it, instead of joining whole tables.
LIST_WITH_ROLES = f"""
    SELECT {COLUMNS}, r.id AS role_id, r.name AS role_name, r.color, r.position, r.permissions,
           r.is_highlighted, coalesce(l.settings -> 'is_noindex' = 'true', false) AS is_noindex,
           coalesce(s.statuses_count, 0) AS statuses_count,
           coalesce(s.following_count, 0) AS following_count,
           coalesce(s.followers_count, 0) AS followers_count, s.last_status_at
    FROM (
        SELECT unnest($1::bigint[]) AS id
        UNION
        SELECT moved_to_account_id FROM accounts WHERE id = ANY($1::bigint[])
    ) wanted
    CROSS JOIN LATERAL (SELECT * FROM accounts WHERE id = wanted.id OFFSET 0) a
    LEFT JOIN LATERAL (SELECT * FROM logins WHERE account_id = a.id OFFSET 0) l ON true
    LEFT JOIN roles r ON r.id = l.role_id
    LEFT JOIN LATERAL (SELECT * FROM account_stats WHERE account_id = a.id OFFSET 0) s ON true
"""


async def list_with_roles(tx: Reading, *, account_ids: Sequence[int]) -> list[ShownAccount]:
    """Accounts with their role and the account they moved to."""
    rows = await tx.fetch_all(LIST_WITH_ROLES, list(set(account_ids)))
    found = {row["id"]: _shown(row) for row in rows}
    return [
        replace(shown, moved_to=found.get(shown.account.moved_to_account_id or 0))
        for shown in (found[wanted] for wanted in set(account_ids) if wanted in found)
    ]


def _shown(row: Row) -> ShownAccount:
    account = account_of(row)
    role = None
    if row["role_id"] is not None:
        role = Role(
            row["role_id"],
            row["role_name"],
            row["color"],
            row["position"],
            row["permissions"],
            row["is_highlighted"],
        )
    line = AccountLine(
        account.id,
        account.version,
        row["statuses_count"],
        row["following_count"],
        row["followers_count"],
        row["last_status_at"],
    )
    return ShownAccount(account, line, role, row["is_noindex"], None)
