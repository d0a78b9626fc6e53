"""Links that several people shared lately, and what was posted about one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from watertower.base.db.transaction import Reading
from watertower.base.json import from_json
from watertower.base.paging import Page
from watertower.feeds.model import TrendingLink
from watertower.feeds.queries.tags import days_of
from watertower.feeds.queries.timelines import public_source, turned
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines

# What may trend is what may trend of statuses: public, by people who want to be found.
LIST_TRENDING_LINKS = """
    SELECT shared.card_id, row_to_json(c)::text AS card
    FROM (
        SELECT recent.card_id, count(DISTINCT recent.account_id) AS people
        FROM (
            SELECT s.card_id, s.account_id
            FROM statuses s
            CROSS JOIN LATERAL (SELECT * FROM accounts WHERE id = s.account_id OFFSET 0) a
            WHERE s.id > $1 AND s.card_id IS NOT NULL AND s.visibility = 0
              AND s.deleted_at IS NULL AND s.reblog_of_id IS NULL
              AND NOT s.is_sensitive AND s.content_warning = '' AND NOT s.is_local_only
              AND a.is_discoverable AND a.limited_at IS NULL AND a.suspended_at IS NULL
              AND a.sensitized_at IS NULL
            ORDER BY s.id DESC
            LIMIT 20000
        ) recent
        GROUP BY recent.card_id
        HAVING count(DISTINCT recent.account_id) >= $2
    ) shared
    JOIN preview_cards c ON c.id = shared.card_id
    LEFT JOIN preview_card_providers p ON p.domain = card_host(c.url)
    WHERE c.state = 'fetched' AND c.kind = 'link' AND c.title <> ''
      AND ($4 OR (c.is_trendable IS NOT FALSE AND p.is_trendable IS NOT FALSE))
    ORDER BY shared.people DESC, shared.card_id DESC
    LIMIT $3
"""
LIST_DAYS_OF_LINKS = """
    SELECT card_id, (created_at AT TIME ZONE 'UTC')::date::text AS day, count(*) AS uses,
           count(DISTINCT account_id) AS people
    FROM statuses
    WHERE card_id = ANY($1::bigint[]) AND id > $2 AND visibility = 0 AND deleted_at IS NULL
    GROUP BY 1, 2
"""


async def list_trending_links(
    tx: Reading,
    *,
    after_id: int,
    week_after_id: int,
    today: date,
    least: int,
    limit: int,
    with_refused: bool = False,
) -> list[TrendingLink]:
    """Links in statuses younger than `after_id` by at least so many people, most people first.

    Each comes with its days of the last week; `week_after_id` is the first id of that week.
    `with_refused`: those as well that moderators keep from the trends.
    """
    rows = await tx.fetch_all(LIST_TRENDING_LINKS, after_id, least, limit, with_refused)
    used: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    ids = [row["card_id"] for row in rows]
    for row in await tx.fetch_all(LIST_DAYS_OF_LINKS, ids, week_after_id):
        used[row["card_id"]].append((row["day"], row["uses"], row["people"]))
    return [
        TrendingLink(row["card_id"], from_json(row["card"]), days_of(used[row["card_id"]], today))
        for row in rows
    ]


ABOUT_LINK = f"SELECT id, id AS sort FROM ({public_source('s.card_id = $7')}) found"


async def list_about_link(
    tx: Reading,
    *,
    viewer_id: int | None,
    card_id: int,
    page: Page,
    languages: Sequence[str] | None,
) -> list[StatusLine]:
    """A page of public statuses that share a link."""
    return await list_lines(
        tx,
        turned(ABOUT_LINK, page),
        page.before_id,
        page.after_id,
        page.limit,
        False,
        languages and list(languages),
        card_id,
        viewer_id=viewer_id,
    )
