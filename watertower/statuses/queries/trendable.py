"""What moderators decided about posts and links that many people share: may they trend."""

from watertower.base.db.transaction import Reading, Transaction

UPDATE_STATUS_TRENDABLE = """
    UPDATE statuses SET is_trendable = $2 WHERE id = $1 AND deleted_at IS NULL
"""


async def update_status_trendable(tx: Transaction, *, status_id: int, is_trendable: bool) -> bool:
    """Whether there is such a post."""
    return bool(await tx.execute(UPDATE_STATUS_TRENDABLE, status_id, is_trendable))


LIST_STATUS_REVIEWS = "SELECT id, is_trendable FROM statuses WHERE id = ANY($1::bigint[])"


async def list_status_reviews(tx: Reading, *, status_ids: list[int]) -> dict[int, bool | None]:
    """What was decided about each; None: nobody did."""
    rows = await tx.fetch_all(LIST_STATUS_REVIEWS, status_ids)
    return {row["id"]: row["is_trendable"] for row in rows}


UPDATE_CARD_TRENDABLE = """
    UPDATE preview_cards SET is_trendable = $2 WHERE id = $1 AND state = 'fetched'
"""


async def update_card_trendable(tx: Transaction, *, card_id: int, is_trendable: bool) -> bool:
    """Whether there is such a link."""
    return bool(await tx.execute(UPDATE_CARD_TRENDABLE, card_id, is_trendable))


FIND_CARD = """
    SELECT to_jsonb(c)::text AS card FROM preview_cards c WHERE id = $1 AND state = 'fetched'
"""


async def find_card_json(tx: Reading, *, card_id: int) -> str | None:
    """A link as a JSON text of its row."""
    found: str | None = await tx.fetch_value(FIND_CARD, card_id)
    return found
