"""One status, if somebody may see it."""

from watertower.base.db.transaction import Reading
from watertower.statuses.model import Status
from watertower.statuses.queries.faces import STATUS_COLUMNS, status_of
from watertower.statuses.queries.visible import visible

FIND_VISIBLE_STATUS = f"""
    SELECT {STATUS_COLUMNS}
    FROM statuses s
    JOIN accounts a ON a.id = s.account_id
    LEFT JOIN statuses o ON o.id = s.reblog_of_id
    LEFT JOIN accounts oa ON oa.id = o.account_id
    WHERE s.id = $2
      AND {visible()}
      AND (o.id IS NULL OR {visible("o", "oa")})
"""


async def find_visible_status(
    tx: Reading, *, viewer_id: int | None, status_id: int
) -> Status | None:
    """The status if the viewer may see it, and if a boost, what it boosts as well."""
    row = await tx.fetch_one(FIND_VISIBLE_STATUS, viewer_id, status_id)
    return row and status_of(row)
