"""Custom emoji that a text may use."""

from collections.abc import Sequence
from typing import Any

from watertower.base.db.transaction import Reading

LIST_OWN_EMOJIS = """
    SELECT shortcode, image_key AS key, static_key, is_visible AS visible, category
    FROM custom_emojis
    WHERE domain IS NULL AND NOT is_disabled AND shortcode = ANY($1::text[])
    ORDER BY shortcode
"""


async def list_own_emojis(tx: Reading, *, shortcodes: Sequence[str]) -> list[dict[str, Any]]:
    """Our emoji of these codes, as they are kept with a status."""
    return [dict(row) for row in await tx.fetch_all(LIST_OWN_EMOJIS, list(shortcodes))]
