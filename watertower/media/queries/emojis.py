"""SQL of custom emoji."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from watertower.base.db.transaction import Reading, Transaction

EMOJI_COLUMNS = """
    shortcode, image_key AS key, static_key, remote_url AS url,
    is_visible AS visible, category
"""

FIND_EMOJIS = f"""
    SELECT {EMOJI_COLUMNS}
    FROM custom_emojis
    WHERE shortcode = ANY($1::text[]) AND domain IS NOT DISTINCT FROM $2 AND NOT is_disabled
    ORDER BY shortcode
    LIMIT 500
"""


async def find_emojis(
    tx: Reading, *, shortcodes: Sequence[str], domain: str | None = None
) -> list[dict[str, Any]]:
    """Emoji of these codes, ours or of `domain`, as they are kept with a status or account.

    Each is {"shortcode", "key", "static_key", "url", "visible", "category"}: `key` is our copy,
    `url` where another server has it.
    """
    rows = await tx.fetch_all(FIND_EMOJIS, list(shortcodes)[:500], domain)
    return [dict(row) for row in rows]


LIST_USABLE_EMOJIS = f"""
    SELECT {EMOJI_COLUMNS}
    FROM custom_emojis
    WHERE domain IS NULL AND NOT is_disabled
    ORDER BY category NULLS FIRST, shortcode
    LIMIT 10000
"""


async def list_usable_emojis(tx: Reading) -> list[dict[str, Any]]:
    """All of ours that are not switched off."""
    return [dict(row) for row in await tx.fetch_all(LIST_USABLE_EMOJIS)]


UPSERT_OWN_EMOJI = """
    INSERT INTO custom_emojis (shortcode, image_key, static_key, category, is_visible, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (shortcode, coalesce(domain, '')) DO UPDATE
    SET image_key = excluded.image_key, static_key = excluded.static_key,
        category = coalesce(excluded.category, custom_emojis.category),
        is_visible = excluded.is_visible, is_disabled = false,
        updated_at = excluded.updated_at
    RETURNING xmax = 0
"""


async def upsert_own_emoji(
    tx: Transaction,
    *,
    shortcode: str,
    image_key: str,
    static_key: str,
    category: str | None,
    is_visible: bool,
    at: datetime,
) -> bool:
    """Add one of ours or replace it; True if it is new."""
    return bool(
        await tx.fetch_value(
            UPSERT_OWN_EMOJI, shortcode, image_key, static_key, category, is_visible, at
        )
    )


UPSERT_REMOTE_EMOJI = """
    INSERT INTO custom_emojis (shortcode, domain, remote_url, uri, updated_at)
    SELECT e.shortcode, $1, e.url, e.uri, $5
    FROM unnest($2::text[], $3::text[], $4::text[]) AS e (shortcode, url, uri)
    ON CONFLICT (shortcode, coalesce(domain, '')) DO UPDATE
    SET remote_url = excluded.remote_url, uri = excluded.uri, updated_at = excluded.updated_at,
        image_key = NULL, static_key = NULL
    WHERE custom_emojis.remote_url IS DISTINCT FROM excluded.remote_url
"""


async def upsert_remote_emojis(
    tx: Transaction,
    *,
    domain: str,
    emojis: Sequence[tuple[str, str, str | None]],
    at: datetime,
) -> None:
    """Remember another server's emoji, each (shortcode, address, uri), one row for each code."""
    known = {shortcode: (url, uri) for shortcode, url, uri in emojis}
    codes = sorted(known)  # one order for everybody, so that two of us cannot wait for each other
    if codes:
        urls, uris = [known[code][0] for code in codes], [known[code][1] for code in codes]
        await tx.execute(UPSERT_REMOTE_EMOJI, domain, codes, urls, uris, at)


FIND_REMOTE_COPY = """
    SELECT image_key, static_key FROM custom_emojis
    WHERE remote_url = $1
    ORDER BY image_key NULLS LAST
    LIMIT 1
"""


async def find_remote_copy(tx: Reading, *, url: str) -> tuple[str | None, str | None] | None:
    """Keys of our copy of a remote emoji, each None if we have none; None for an unknown one."""
    row = await tx.fetch_one(FIND_REMOTE_COPY, url)
    return None if row is None else (row["image_key"], row["static_key"])


UPDATE_REMOTE_COPY = """
    UPDATE custom_emojis SET image_key = $2, static_key = $3
    WHERE remote_url = $1 AND image_key IS NULL
"""


async def update_remote_copy(tx: Transaction, *, url: str, image_key: str, static_key: str) -> bool:
    """Write down our copy; False if somebody else did so first."""
    return bool(await tx.execute(UPDATE_REMOTE_COPY, url, image_key, static_key))
