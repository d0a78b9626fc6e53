"""What moderators decided about hashtags. Moderation decides; the lists of tags obey."""

from watertower.base.db.transaction import Reading, Transaction

FIND_TAG_NAME = "SELECT name FROM tags WHERE id = $1"


async def find_tag_name(tx: Reading, *, tag_id: int) -> str | None:
    """The normalised name of a tag."""
    name: str | None = await tx.fetch_value(FIND_TAG_NAME, tag_id)
    return name


UPDATE_TAG_RULES = """
    UPDATE tags
    SET shown_name = coalesce($2, shown_name), is_usable = coalesce($3, is_usable),
        is_listable = coalesce($4, is_listable), is_trendable = coalesce($5, is_trendable)
    WHERE id = $1
"""


async def update_tag_rules(
    tx: Transaction,
    *,
    tag_id: int,
    shown_name: str | None,
    is_usable: bool | None,
    is_listable: bool | None,
    is_trendable: bool | None,
) -> int:
    """Change what is given; None leaves it."""
    return await tx.execute(
        UPDATE_TAG_RULES, tag_id, shown_name, is_usable, is_listable, is_trendable
    )
