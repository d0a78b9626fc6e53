"""Hashtags with what moderators decided about them."""

from datetime import date

from watertower.base.db.transaction import Reading
from watertower.base.paging import Page
from watertower.feeds.queries.tags import line_of, since, tags_sql
from watertower.moderation.model.tags import ReviewedTag, TagRules

_RULES = "SELECT id, is_usable, is_listable, is_trendable FROM tags WHERE id = ANY($1::bigint[])"

NEWEST = tags_sql("""
    SELECT id, id AS sort FROM tags WHERE id < $3 AND id > $4 ORDER BY id DESC LIMIT $5
""")
NEWEST_UPWARDS = tags_sql("""
    SELECT id, id AS sort FROM tags WHERE id < $3 AND id > $4 ORDER BY id LIMIT $5
""")
ONE = tags_sql("SELECT id, 0 AS sort FROM tags WHERE id = $3")
UNREVIEWED_TRENDS = tags_sql("""
    SELECT d.tag_id AS id, count(DISTINCT d.account_id) AS sort
    FROM tag_days d
    JOIN tags known ON known.id = d.tag_id
    WHERE d.day >= $3 AND known.is_usable AND known.is_listable
    GROUP BY d.tag_id
    HAVING count(DISTINCT d.account_id) >= $4
    ORDER BY count(DISTINCT d.account_id) DESC, d.tag_id DESC
    OFFSET $6
    LIMIT $5
""")


async def list_newest_tags(
    tx: Reading, *, viewer_id: int, page: Page, today: date
) -> list[ReviewedTag]:
    """A page of all tags, newest first."""
    sql = NEWEST_UPWARDS if page.upwards else NEWEST
    args = (page.before_id, page.after_id, page.limit)
    return await _reviewed(tx, sql, viewer_id, today, *args)


async def find_reviewed_tag(
    tx: Reading, *, viewer_id: int, tag_id: int, today: date
) -> ReviewedTag | None:
    """One tag."""
    found = await _reviewed(tx, ONE, viewer_id, today, tag_id)
    return found[0] if found else None


async def list_trending_for_review(
    tx: Reading, *, viewer_id: int, today: date, day: date, people: int, limit: int, offset: int
) -> list[ReviewedTag]:
    """Tags that several people used since `day`, those that may not trend included."""
    return await _reviewed(tx, UNREVIEWED_TRENDS, viewer_id, today, day, people, limit, offset)


async def _reviewed(
    tx: Reading, sql: str, viewer_id: int, today: date, *args: object
) -> list[ReviewedTag]:
    rows = await tx.fetch_all(sql, viewer_id, since(today), *args)
    rules = {
        row["id"]: TagRules(None, row["is_usable"], row["is_listable"], row["is_trendable"])
        for row in await tx.fetch_all(_RULES, [row["id"] for row in rows])
    }
    return [ReviewedTag(line_of(row, today), rules[row["id"]]) for row in rows]
