"""Custom emoji that a profile may use."""

from collections.abc import Sequence
from typing import Any

from watertower.base.db.transaction import Reading

LIST_EMOJIS_OF_PROFILE = """
    SELECT shortcode, image_key AS key, static_key
    FROM custom_emojis
    WHERE domain IS NULL AND NOT is_disabled AND image_key IS NOT NULL
      AND shortcode = ANY($1::text[])
    ORDER BY shortcode
"""


async def list_emojis_of_profile(tx: Reading, *, shortcodes: Sequence[str]) -> list[dict[str, Any]]:
    """Our emoji of these codes, as they are kept with an account."""
    if not shortcodes:
        return []
    rows = await tx.fetch_all(LIST_EMOJIS_OF_PROFILE, list(shortcodes))
    return [dict(row) for row in rows]
