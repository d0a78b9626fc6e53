"""Hashtags as members see, follow, feature and find them."""

from collections.abc import Sequence
from datetime import date, timedelta

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json
from watertower.base.paging import Page
from watertower.feeds.model import FeaturedTag, TagDay, TagLine

DAYS_SHOWN = 7


def tags_sql(source: str) -> str:
    """Tags of a source (`id`, `sort`) with what the viewer ($1) does with them since day $2."""
    return f"""
    SELECT t.id, t.name, t.shown_name, page.sort,
           EXISTS (
               SELECT 1 FROM tag_follows tf WHERE tf.account_id = $1 AND tf.tag_id = t.id
           ) AS is_followed,
           EXISTS (
               SELECT 1 FROM featured_tags ft WHERE ft.account_id = $1 AND ft.tag_id = t.id
           ) AS is_featured,
           (
               SELECT jsonb_agg(jsonb_build_array(d.day, d.uses, d.accounts))
               FROM (
                   SELECT day, sum(uses) AS uses, count(*) AS accounts
                   FROM tag_days
                   WHERE tag_id = t.id AND day >= $2
                   GROUP BY day
               ) d
           ) AS days
    FROM ({source}) page
    JOIN tags t ON t.id = page.id
    ORDER BY page.sort DESC
    """


BY_NAME = tags_sql("SELECT id, 0 AS sort FROM tags WHERE name = $3")


async def find_tag(tx: Reading, *, viewer_id: int | None, name: str, today: date) -> TagLine | None:
    """The tag of this normalised name."""
    row = await tx.fetch_one(BY_NAME, viewer_id, since(today), name)
    return None if row is None else line_of(row, today)


BY_ID = tags_sql("SELECT id, 0 AS sort FROM tags WHERE id = $3")


async def find_tag_by_id(
    tx: Reading, *, viewer_id: int | None, tag_id: int, today: date
) -> TagLine | None:
    """The tag of this id."""
    row = await tx.fetch_one(BY_ID, viewer_id, since(today), tag_id)
    return None if row is None else line_of(row, today)


FOLLOWED = """
    SELECT tag_id AS id, id AS sort FROM tag_follows
    WHERE account_id = $1 AND id < $3 AND id > $4
    ORDER BY id DESC
    LIMIT $5
"""


async def list_followed_tags(
    tx: Reading, *, account_id: int, page: Page, today: date
) -> list[TagLine]:
    """A page of the tags that a member follows, newest first."""
    source = FOLLOWED.replace("DESC", "ASC") if page.upwards else FOLLOWED
    rows = await tx.fetch_all(
        tags_sql(source), account_id, since(today), page.before_id, page.after_id, page.limit
    )
    return [line_of(row, today) for row in rows]


# The very name first, then those used last. Bounds instead of LIKE, whose index depends on the
# value being known when the plan is made.
WITH_PREFIX = tags_sql("""
    SELECT id, row_number() OVER (
               ORDER BY name = $3::text DESC, last_status_at DESC NULLS LAST, name
           ) * -1 AS sort
    FROM (
        SELECT id, name, last_status_at
        FROM tags
        WHERE name ~>=~ $3::text AND name ~<~ ($3::text || chr(1114111))
          AND is_listable
          AND (NOT $6::boolean OR is_trendable IS NOT NULL OR name = $3::text)
        ORDER BY name = $3::text DESC, last_status_at DESC NULLS LAST, name
        OFFSET $5
        LIMIT $4
    ) found
""")


async def list_tags_with_prefix(
    tx: Reading,
    *,
    viewer_id: int | None,
    prefix: str,
    today: date,
    limit: int,
    offset: int,
    only_reviewed: bool,
) -> list[TagLine]:
    """Tags that begin so, the very name first.

    Of those that nobody reviewed, `only_reviewed` leaves the very name: who types it knows it.
    """
    rows = await tx.fetch_all(
        WITH_PREFIX, viewer_id, since(today), prefix, limit, offset, only_reviewed
    )
    return [line_of(row, today) for row in rows]


# What several people used yesterday and today, most people first.
TRENDING = tags_sql("""
    SELECT d.tag_id AS id, count(DISTINCT d.account_id) AS sort
    FROM tag_days d
    JOIN tags known ON known.id = d.tag_id
    WHERE d.day >= $3 AND known.is_usable AND known.is_listable AND known.is_trendable IS NOT false
    GROUP BY d.tag_id
    HAVING count(DISTINCT d.account_id) >= $4
    ORDER BY count(DISTINCT d.account_id) DESC, d.tag_id DESC
    LIMIT $5
""")


async def list_trending_tags(
    tx: Reading, *, viewer_id: int | None, today: date, people: int, limit: int
) -> list[TagLine]:
    """Tags that at least so many people used since yesterday."""
    rows = await tx.fetch_all(
        TRENDING, viewer_id, since(today), today - timedelta(days=1), people, limit
    )
    return [line_of(row, today) for row in rows]


INSERT_TAG_FOLLOW = """
    INSERT INTO tag_follows (account_id, tag_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
"""


async def insert_tag_follow(tx: Transaction, *, account_id: int, tag_id: int) -> int:
    """Follow a tag; 0 if it was followed already."""
    return await tx.execute(INSERT_TAG_FOLLOW, account_id, tag_id)


DELETE_TAG_FOLLOW = "DELETE FROM tag_follows WHERE account_id = $1 AND tag_id = $2"


async def delete_tag_follow(tx: Transaction, *, account_id: int, tag_id: int) -> int:
    """Follow a tag no longer."""
    return await tx.execute(DELETE_TAG_FOLLOW, account_id, tag_id)


_FEATURED = """
    SELECT ft.id, t.name, t.shown_name,
           (
               SELECT count(*)
               FROM status_tags st
               JOIN statuses s ON s.id = st.status_id
               WHERE st.tag_id = ft.tag_id AND s.account_id = ft.account_id
                 AND s.visibility <= 1 AND s.deleted_at IS NULL
           ) AS statuses_count,
           (
               SELECT max(s.created_at)
               FROM status_tags st
               JOIN statuses s ON s.id = st.status_id
               WHERE st.tag_id = ft.tag_id AND s.account_id = ft.account_id
                 AND s.visibility <= 1 AND s.deleted_at IS NULL
           ) AS last_status_at
    FROM featured_tags ft
    JOIN tags t ON t.id = ft.tag_id
    WHERE ft.account_id = $1
"""
LIST_FEATURED = f"{_FEATURED} ORDER BY statuses_count DESC, ft.id LIMIT 100"


async def list_featured_tags(tx: Reading, *, account_id: int) -> list[FeaturedTag]:
    """The tags that an account shows on its profile, most used first."""
    return [FeaturedTag(*row.values()) for row in await tx.fetch_all(LIST_FEATURED, account_id)]


INSERT_FEATURED = """
    INSERT INTO featured_tags (account_id, tag_id)
    SELECT $1, $2
    WHERE (SELECT count(*) FROM featured_tags WHERE account_id = $1) < $3
       OR EXISTS (SELECT 1 FROM featured_tags WHERE account_id = $1 AND tag_id = $2)
    ON CONFLICT (account_id, tag_id) DO UPDATE SET tag_id = excluded.tag_id
    RETURNING id
"""


async def insert_featured_tag(
    tx: Transaction, *, account_id: int, tag_id: int, most: int
) -> int | None:
    """Show a tag on the profile; its row, None past the limit."""
    made: int | None = await tx.fetch_value(INSERT_FEATURED, account_id, tag_id, most)
    return made


DELETE_FEATURED = """
    DELETE FROM featured_tags
    WHERE account_id = $1 AND (id = $2::bigint OR tag_id = $3::bigint)
"""


async def delete_featured_tag(
    tx: Transaction, *, account_id: int, featured_id: int | None = None, tag_id: int | None = None
) -> int:
    """Show a tag no longer, given by its row or by the tag."""
    return await tx.execute(DELETE_FEATURED, account_id, featured_id, tag_id)


SUGGESTED = tags_sql("""
    SELECT st.tag_id AS id, count(*) AS sort
    FROM (
        SELECT id FROM statuses
        WHERE account_id = $1 AND deleted_at IS NULL AND visibility <= 1
        ORDER BY id DESC
        LIMIT 1000
    ) mine
    JOIN status_tags st ON st.status_id = mine.id
    WHERE NOT EXISTS (
        SELECT 1 FROM featured_tags f WHERE f.account_id = $1 AND f.tag_id = st.tag_id
    )
    GROUP BY st.tag_id
    ORDER BY count(*) DESC, st.tag_id
    LIMIT 10
""")


async def list_suggested_tags(tx: Reading, *, account_id: int, today: date) -> list[TagLine]:
    """The tags that a member used most in the last thousand posts and does not show yet."""
    rows = await tx.fetch_all(SUGGESTED, account_id, since(today))
    return [line_of(row, today) for row in rows]


def since(today: date) -> date:
    """The first of the days that are shown."""
    return today - timedelta(days=DAYS_SHOWN - 1)


def line_of(row: Row, today: date) -> TagLine:
    """A row of tags_sql as a tag."""
    return TagLine(
        id=row["id"],
        name=row["name"],
        shown_name=row["shown_name"],
        is_followed=row["is_followed"],
        is_featured=row["is_featured"],
        days=days_of(from_json(row["days"]) or [], today),
        sort=row["sort"],
    )


def days_of(used: Sequence[Sequence[object]], today: date) -> list[TagDay]:
    """The last seven days, newest first, those without a use included."""
    by_day = {str(day): (int(str(uses)), int(str(people))) for day, uses, people in used}
    days = [today - timedelta(days=ago) for ago in range(DAYS_SHOWN)]
    return [TagDay(day, *by_day.get(day.isoformat(), (0, 0))) for day in days]
