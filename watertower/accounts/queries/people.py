"""Which accounts are shown at all."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading

# Somebody whose sign-up waits for approval is not here yet.
LIST_SHOWN = """
    SELECT a.id
    FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted(id, place)
    JOIN accounts a ON a.id = wanted.id
    LEFT JOIN logins l ON l.account_id = a.id
    WHERE a.deleted_at IS NULL AND (l.id IS NULL OR l.approved_at IS NOT NULL)
    ORDER BY wanted.place
"""


async def list_shown(tx: Reading, *, account_ids: Sequence[int]) -> list[int]:
    """Those of the ids that may be shown, in their order; suspended ones too."""
    rows = await tx.fetch_all(LIST_SHOWN, list(account_ids))
    return [row["id"] for row in rows]
