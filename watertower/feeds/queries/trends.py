"""What many people starred and boosted lately."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines

# Rows of the last two days, found by their ids; bounded, so that a busy day costs no more.
LIST_TRENDING = """
    SELECT s.id
    FROM (
        SELECT id, count(*) AS people
        FROM (
            (SELECT status_id AS id FROM favourites WHERE id > $1 ORDER BY id DESC LIMIT 20000)
            UNION ALL
            (
                SELECT reblog_of_id FROM statuses
                WHERE id > $1 AND reblog_of_id IS NOT NULL AND deleted_at IS NULL
                ORDER BY id DESC
                LIMIT 20000
            )
        ) each
        WHERE id > $1
        GROUP BY id
        HAVING count(*) >= $2
    ) liked
    CROSS JOIN LATERAL (SELECT * FROM statuses WHERE id = liked.id OFFSET 0) s
    CROSS JOIN LATERAL (SELECT * FROM accounts WHERE id = s.account_id OFFSET 0) a
    WHERE s.visibility = 0 AND s.deleted_at IS NULL AND s.in_reply_to_id IS NULL
      -- a boost would carry what it boosts past these rules
      AND s.reblog_of_id IS NULL
      AND NOT s.is_sensitive AND s.content_warning = '' AND NOT s.is_local_only
      AND a.is_discoverable AND a.limited_at IS NULL AND a.suspended_at IS NULL
      AND a.sensitized_at IS NULL AND ($4 OR s.is_trendable IS NOT FALSE)
    ORDER BY liked.people DESC, s.id DESC
    LIMIT $3
"""


async def list_trending(
    tx: Reading, *, after_id: int, least: int, limit: int, with_refused: bool = False
) -> list[int]:
    """Ids of public statuses younger than `after_id` with at least so many stars and boosts.

    `with_refused`: those as well that moderators keep from the trends.
    """
    rows = await tx.fetch_all(LIST_TRENDING, after_id, least, limit, with_refused)
    return [row["id"] for row in rows]


# Paged by place, the first highest, in the order given.
IN_ORDER = """
    SELECT wanted.id, -wanted.place AS sort
    FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted(id, place)
"""


async def list_lines_in_order(
    tx: Reading, *, status_ids: Sequence[int], viewer_id: int | None
) -> list[StatusLine]:
    """Lines in this order, without those that the viewer may not or does not want to see."""
    return await list_lines(tx, IN_ORDER, list(status_ids), viewer_id=viewer_id, only_wanted=True)
