"""SQL of which status has which attachments."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading, Transaction
from watertower.media.model import Media
from watertower.media.queries.media import MEDIA_COLUMNS, media_of

LIST_OWN = f"""
    SELECT {MEDIA_COLUMNS} FROM media_attachments
    WHERE id = ANY($1::bigint[]) AND account_id = $2
    LIMIT 100
"""


async def list_own(tx: Reading, *, account_id: int, media_ids: Sequence[int]) -> list[Media]:
    """Those of these attachments that belong to the account."""
    return [media_of(row) for row in await tx.fetch_all(LIST_OWN, list(media_ids), account_id)]


LIST_OF_STATUS = f"""
    SELECT {MEDIA_COLUMNS} FROM media_attachments WHERE status_id = $1 ORDER BY id LIMIT 100
"""


async def list_of_status(tx: Reading, *, status_id: int) -> list[Media]:
    """The attachments of a status, in the order they were uploaded."""
    return [media_of(row) for row in await tx.fetch_all(LIST_OF_STATUS, status_id)]


# The conditions stand here and not in a check before: two posts may want a file at the same time.
UPDATE_ATTACHED = """
    UPDATE media_attachments
    SET status_id = $3, scheduled_status_id = NULL
    WHERE id = ANY($1::bigint[]) AND account_id = $2 AND state = 'done'
      AND (status_id IS NULL OR status_id = $3)
      AND (scheduled_status_id IS NULL OR scheduled_status_id = $4)
    RETURNING id, kind
"""


async def update_attached(
    tx: Transaction,
    *,
    account_id: int,
    media_ids: Sequence[int],
    status_id: int,
    scheduled_status_id: int | None,
) -> dict[int, str]:
    """Give these to a status; kind by id of those that could be given."""
    rows = await tx.fetch_all(
        UPDATE_ATTACHED, list(media_ids), account_id, status_id, scheduled_status_id
    )
    return {row["id"]: row["kind"] for row in rows}


UPDATE_HELD = """
    UPDATE media_attachments
    SET scheduled_status_id = $3
    WHERE id = ANY($1::bigint[]) AND account_id = $2 AND state = 'done' AND status_id IS NULL
      AND (scheduled_status_id IS NULL OR scheduled_status_id = $3)
    RETURNING id, kind
"""


async def update_held(
    tx: Transaction, *, account_id: int, media_ids: Sequence[int], scheduled_status_id: int
) -> dict[int, str]:
    """Keep these for a scheduled status; kind by id of those that could be kept."""
    rows = await tx.fetch_all(UPDATE_HELD, list(media_ids), account_id, scheduled_status_id)
    return {row["id"]: row["kind"] for row in rows}


UPDATE_DETACHED = """
    UPDATE media_attachments
    SET status_id = NULL, updated_at = now()
    WHERE status_id = $1 AND NOT (id = ANY($2::bigint[]))
    RETURNING id
"""


async def update_detached(tx: Transaction, *, status_id: int, kept_ids: Sequence[int]) -> list[int]:
    """Take all but these from a status; the ids taken."""
    return [row["id"] for row in await tx.fetch_all(UPDATE_DETACHED, status_id, list(kept_ids))]


UPDATE_RELEASED = """
    UPDATE media_attachments SET scheduled_status_id = NULL, updated_at = now()
    WHERE scheduled_status_id = $1
"""


async def update_released(tx: Transaction, *, scheduled_status_id: int) -> int:
    """Take all from a scheduled status; how many."""
    return await tx.execute(UPDATE_RELEASED, scheduled_status_id)
