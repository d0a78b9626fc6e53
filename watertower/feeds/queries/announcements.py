"""Announcements: what the moderators tell everybody, who read it, who reacted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json

MOST_REACTIONS = 8  # different ones on one announcement

# In force: published, and not past its end. Reactions in the order in which they came.
_SQL = """
    SELECT n.id, n.text, n.starts_at, n.ends_at, n.is_all_day, n.published_at, n.updated_at,
           EXISTS (
               SELECT 1 FROM announcement_reads r
               WHERE r.announcement_id = n.id AND r.account_id = $1
           ) AS is_read,
           coalesce((
               SELECT jsonb_agg(jsonb_build_object(
                          'name', x.name, 'count', x.count, 'me', x.me,
                          'image_key', e.image_key, 'static_key', e.static_key
                      ) ORDER BY x.first)
               FROM (
                   SELECT name, count(*) AS count, bool_or(account_id = $1) AS me,
                          min(created_at) AS first
                   FROM announcement_reactions
                   WHERE announcement_id = n.id
                   GROUP BY name
               ) x
               LEFT JOIN custom_emojis e ON e.shortcode = x.name AND e.domain IS NULL
           ), '[]') AS reactions
    FROM announcements n
    WHERE n.published_at <= $2 AND (n.ends_at IS NULL OR n.ends_at > $2)
"""
LIST_ANNOUNCEMENTS = f"{_SQL} ORDER BY coalesce(n.starts_at, n.published_at), n.id LIMIT 100"
FIND_ANNOUNCEMENT = f"{_SQL} AND n.id = $3"


async def list_announcements(
    tx: Reading, *, account_id: int, now: datetime
) -> Sequence[dict[str, Any]]:
    """The announcements in force, as this member sees them."""
    return [_row(row) for row in await tx.fetch_all(LIST_ANNOUNCEMENTS, account_id, now)]


async def find_announcement(
    tx: Reading, *, account_id: int, announcement_id: int, now: datetime
) -> dict[str, Any] | None:
    """One announcement in force."""
    row = await tx.fetch_one(FIND_ANNOUNCEMENT, account_id, now, announcement_id)
    return None if row is None else _row(row)


INSERT_READ = """
    INSERT INTO announcement_reads (announcement_id, account_id)
    VALUES ($1, $2) ON CONFLICT DO NOTHING
"""


async def insert_read(tx: Transaction, *, announcement_id: int, account_id: int) -> int:
    """Note that a member read it."""
    return await tx.execute(INSERT_READ, announcement_id, account_id)


INSERT_REACTION = """
    INSERT INTO announcement_reactions (announcement_id, account_id, name)
    SELECT $1, $2, $3
    WHERE (SELECT count(DISTINCT name) FROM announcement_reactions
           WHERE announcement_id = $1 AND name <> $3) < $4
    ON CONFLICT DO NOTHING
    RETURNING true
"""
HAS_REACTION = """
    SELECT EXISTS (
        SELECT 1 FROM announcement_reactions
        WHERE announcement_id = $1 AND account_id = $2 AND name = $3
    )
"""


async def insert_reaction(
    tx: Transaction, *, announcement_id: int, account_id: int, name: str
) -> bool | None:
    """React: True if new, False if it was there, None if there are too many different ones."""
    if await tx.fetch_value(HAS_REACTION, announcement_id, account_id, name):
        return False
    made: bool | None = await tx.fetch_value(
        INSERT_REACTION, announcement_id, account_id, name, MOST_REACTIONS
    )
    return made


DELETE_REACTION = """
    DELETE FROM announcement_reactions
    WHERE announcement_id = $1 AND account_id = $2 AND name = $3
"""


async def delete_reaction(
    tx: Transaction, *, announcement_id: int, account_id: int, name: str
) -> int:
    """Take a reaction back."""
    return await tx.execute(DELETE_REACTION, announcement_id, account_id, name)


HAS_EMOJI = """
    SELECT EXISTS (
        SELECT 1 FROM custom_emojis WHERE shortcode = $1 AND domain IS NULL AND NOT is_disabled
    )
"""


async def has_emoji(tx: Reading, *, shortcode: str) -> bool:
    """Whether this community has such an emoji of its own."""
    return bool(await tx.fetch_value(HAS_EMOJI, shortcode))


INSERT_ANNOUNCEMENT = """
    INSERT INTO announcements (text, published_at, updated_at, ends_at)
    VALUES ($1, $2, $2, $3)
    RETURNING id
"""


async def insert_announcement(
    tx: Transaction, *, text: str, at: datetime, ends_at: datetime | None
) -> int:
    """Publish an announcement; its id."""
    new_id: int = await tx.fetch_value(INSERT_ANNOUNCEMENT, text, at, ends_at)
    return new_id


UPDATE_ANNOUNCEMENT_TEXT = "UPDATE announcements SET text = $2, updated_at = $3 WHERE id = $1"


async def update_announcement_text(
    tx: Transaction, *, announcement_id: int, text: str, at: datetime
) -> bool:
    """Say it in other words; False if there is no such announcement."""
    return bool(await tx.execute(UPDATE_ANNOUNCEMENT_TEXT, announcement_id, text, at))


UPDATE_ANNOUNCEMENT_ENDED = """
    UPDATE announcements SET ends_at = $2, updated_at = $2
    WHERE id = $1 AND (ends_at IS NULL OR ends_at > $2)
"""


async def update_announcement_ended(tx: Transaction, *, announcement_id: int, at: datetime) -> bool:
    """End it; whether it was in force."""
    return bool(await tx.execute(UPDATE_ANNOUNCEMENT_ENDED, announcement_id, at))


def _row(row: Row) -> dict[str, Any]:
    return dict(row) | {"reactions": from_json(row["reactions"])}
