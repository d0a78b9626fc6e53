"""Markers: how far a member has read."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.feeds.model import Marker

LIST_MARKERS = """
    SELECT timeline, last_read_id, version, updated_at
    FROM markers
    WHERE account_id = $1 AND timeline = ANY($2::text[])
    ORDER BY timeline
"""


async def list_markers(tx: Reading, *, account_id: int, timelines: Sequence[str]) -> list[Marker]:
    """The member's markers of these timelines."""
    rows = await tx.fetch_all(LIST_MARKERS, account_id, list(timelines))
    return [Marker(*row.values()) for row in rows]


# With an expected version ($5) nothing is written unless it is still that one.
UPSERT_MARKER = """
    INSERT INTO markers AS m (account_id, timeline, last_read_id, updated_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id, timeline) DO UPDATE
    SET last_read_id = excluded.last_read_id, updated_at = excluded.updated_at,
        version = m.version + 1
    WHERE $5::integer IS NULL OR m.version = $5
    RETURNING timeline, last_read_id, version, updated_at
"""


async def upsert_marker(
    tx: Transaction,
    *,
    account_id: int,
    timeline: str,
    last_read_id: int,
    at: datetime,
    expected_version: int | None,
) -> Marker | None:
    """Move a marker; None if it is no longer of the expected version."""
    row = await tx.fetch_one(
        UPSERT_MARKER, account_id, timeline, last_read_id, at, expected_version
    )
    return None if row is None else Marker(*row.values())
