"""Filters of members."""

from typing import Any

from watertower.base.db.transaction import Reading
from watertower.base.json import from_json

LIST_FILTERS_WITH_PARTS = """
    SELECT f.id, f.title, f.contexts, f.action, f.expires_at,
           coalesce((SELECT jsonb_agg(k ORDER BY k.id) FROM filter_keywords k
                     WHERE k.filter_id = f.id), '[]') AS keywords,
           coalesce((SELECT jsonb_agg(s ORDER BY s.id) FROM filter_statuses s
                     WHERE s.filter_id = f.id), '[]') AS statuses
    FROM filters f
    WHERE f.account_id = $1
    ORDER BY f.id
    LIMIT 500
"""


async def list_filters_with_parts(tx: Reading, *, account_id: int) -> list[dict[str, Any]]:
    """All filters of an account with their keywords and statuses."""
    rows = await tx.fetch_all(LIST_FILTERS_WITH_PARTS, account_id)
    return [
        dict(row) | {"keywords": from_json(row["keywords"]), "statuses": from_json(row["statuses"])}
        for row in rows
    ]
