"""Our own custom emoji, for other servers that look one up."""

from watertower.base.db.transaction import Reading, Row

FIND_OWN_EMOJI = """
    SELECT shortcode, image_key AS key, updated_at FROM custom_emojis
    WHERE shortcode = $1 AND domain IS NULL AND NOT is_disabled
"""


async def find_own_emoji(tx: Reading, *, shortcode: str) -> Row | None:
    """The emoji of this name, None if there is none."""
    return await tx.fetch_one(FIND_OWN_EMOJI, shortcode)
