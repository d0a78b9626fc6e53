"""What of a member goes into its archive. Pages by id, oldest first."""

from datetime import datetime
from typing import NamedTuple

from watertower.base.db.transaction import Reading


class Archived(NamedTuple):
    """A post, or a boost of `boosted_uri`."""

    id: int
    uri: str
    visibility: int
    created_at: datetime
    boosted_uri: str | None


LIST_ARCHIVED = """
    SELECT s.id, s.uri, s.visibility, s.created_at, original.uri AS boosted_uri
    FROM statuses s
    LEFT JOIN statuses original ON original.id = s.reblog_of_id
    WHERE s.account_id = $1 AND s.deleted_at IS NULL AND s.id > $2
    ORDER BY s.id
    LIMIT $3
"""


async def list_archived(
    tx: Reading, *, account_id: int, after_id: int, limit: int
) -> list[Archived]:
    """The member's own posts and boosts from an id on."""
    rows = await tx.fetch_all(LIST_ARCHIVED, account_id, after_id, limit)
    return [Archived(*row.values()) for row in rows]


LIST_LIKED = """
    SELECT f.id, s.uri FROM favourites f JOIN statuses s ON s.id = f.status_id
    WHERE f.account_id = $1 AND f.id > $2 AND s.deleted_at IS NULL ORDER BY f.id LIMIT $3
"""
LIST_BOOKMARKED = """
    SELECT b.id, s.uri FROM bookmarks b JOIN statuses s ON s.id = b.status_id
    WHERE b.account_id = $1 AND b.id > $2 AND s.deleted_at IS NULL ORDER BY b.id LIMIT $3
"""


async def list_liked(
    tx: Reading, *, account_id: int, after_id: int, limit: int
) -> list[tuple[int, str]]:
    """(place, address) of what the member starred."""
    rows = await tx.fetch_all(LIST_LIKED, account_id, after_id, limit)
    return [(row["id"], row["uri"]) for row in rows]


async def list_bookmarked(
    tx: Reading, *, account_id: int, after_id: int, limit: int
) -> list[tuple[int, str]]:
    """(place, address) of what the member bookmarked."""
    rows = await tx.fetch_all(LIST_BOOKMARKED, account_id, after_id, limit)
    return [(row["id"], row["uri"]) for row in rows]


LIST_FILES = """
    SELECT id, original_key FROM media_attachments
    WHERE account_id = $1 AND id > $2 AND original_key IS NOT NULL AND status_id IS NOT NULL
    ORDER BY id LIMIT $3
"""


async def list_files(
    tx: Reading, *, account_id: int, after_id: int, limit: int
) -> list[tuple[int, str]]:
    """(id, storage key) of the member's attachments."""
    rows = await tx.fetch_all(LIST_FILES, account_id, after_id, limit)
    return [(row["id"], row["original_key"]) for row in rows]
