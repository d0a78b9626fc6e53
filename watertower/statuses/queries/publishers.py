"""Publishers: the sites that links lead to, and whether their links may trend."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page

UPSERT_PUBLISHERS = """
    INSERT INTO preview_card_providers (domain, requested_review_at)
    SELECT DISTINCT card_host(c.url), $2::timestamptz
    FROM statuses s JOIN preview_cards c ON c.id = s.card_id
    WHERE s.id > $1 AND s.card_id IS NOT NULL AND c.state = 'fetched' AND card_host(c.url) <> ''
    ON CONFLICT (domain) DO NOTHING
"""


async def upsert_publishers(tx: Transaction, *, after_id: int, at: datetime) -> int:
    """Note the sites of links that were shared lately; how many are new."""
    return await tx.execute(UPSERT_PUBLISHERS, after_id, at)


COLUMNS = "id, domain, is_trendable, reviewed_at, requested_review_at"
LIST_PUBLISHERS = f"""
    SELECT {COLUMNS} FROM preview_card_providers
    WHERE id < $1 AND id > $2 ORDER BY id DESC LIMIT $3
"""
LIST_PUBLISHERS_UPWARDS = LIST_PUBLISHERS.replace("id DESC", "id")


async def list_publishers(tx: Reading, *, page: Page) -> list[Row]:
    """A page of them, newest first."""
    sql = LIST_PUBLISHERS_UPWARDS if page.upwards else LIST_PUBLISHERS
    rows = await tx.fetch_all(sql, page.before_id, page.after_id, page.limit)
    return sorted(rows, key=lambda row: -row["id"])


UPDATE_PUBLISHER = f"""
    UPDATE preview_card_providers SET is_trendable = $2, reviewed_at = $3
    WHERE id = $1
    RETURNING {COLUMNS}
"""


async def update_publisher(
    tx: Transaction, *, publisher_id: int, is_trendable: bool, at: datetime
) -> Row | None:
    """Decide; None if there is none."""
    return await tx.fetch_one(UPDATE_PUBLISHER, publisher_id, is_trendable, at)
