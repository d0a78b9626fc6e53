"""Hashtags of statuses."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.base.text.tags import tag_name

# In the order of names, so that two posts with the same tags never wait for one another in turn.
INSERT_STATUS_TAGS = """
    WITH known AS (
        INSERT INTO tags (name, shown_name, last_status_at)
        SELECT named.name, named.shown, $5
        FROM unnest($3::text[], $4::text[]) AS named(name, shown)
        ORDER BY named.name
        ON CONFLICT (name) DO UPDATE
        SET last_status_at = greatest(tags.last_status_at, excluded.last_status_at)
        RETURNING id
    ),
    tagged AS (
        INSERT INTO status_tags (tag_id, status_id)
        SELECT id, $1 FROM known
        ON CONFLICT DO NOTHING
        RETURNING tag_id
    )
    INSERT INTO tag_days (tag_id, day, account_id)
    SELECT tag_id, ($5::timestamptz AT TIME ZONE 'UTC')::date, $2 FROM tagged WHERE $6
    ORDER BY tag_id
    ON CONFLICT (tag_id, day, account_id) DO UPDATE SET uses = tag_days.uses + 1
"""


async def insert_status_tags(
    tx: Transaction,
    *,
    status_id: int,
    account_id: int,
    tags: Sequence[str],
    at: datetime,
    is_public: bool,
) -> None:
    """Put the status under these tags, given as typed; uses are counted for public ones."""
    shown_of: dict[str, str] = {}
    for tag in tags:
        if name := tag_name(tag):
            shown_of.setdefault(name, tag)
    if shown_of:
        names = sorted(shown_of)
        shown = [shown_of[name] for name in names]
        await tx.execute(INSERT_STATUS_TAGS, status_id, account_id, names, shown, at, is_public)


DELETE_OTHER_STATUS_TAGS = """
    DELETE FROM status_tags st
    USING tags t
    WHERE st.status_id = $1 AND t.id = st.tag_id AND t.name <> ALL($2::text[])
"""


async def delete_other_status_tags(tx: Transaction, *, status_id: int, kept: Sequence[str]) -> None:
    """Take the status out of the tags that an edit took out."""
    await tx.execute(DELETE_OTHER_STATUS_TAGS, status_id, [tag_name(tag) for tag in kept])


ENSURE_TAG = """
    INSERT INTO tags (name, shown_name)
    VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET name = excluded.name
    RETURNING id
"""


async def ensure_tag(tx: Transaction, *, name: str, shown_name: str) -> int:
    """The id of a tag, made if nobody used it yet. `name` is normalised."""
    tag_id: int = await tx.fetch_value(ENSURE_TAG, name, shown_name)
    return tag_id
