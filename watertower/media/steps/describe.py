"""Describing attachments inside somebody's transaction: what editing a post changes about them."""

from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.media.queries.media import update_described
from watertower.media.rules.description import require_description


async def describe_attached(
    tx: Transaction,
    *,
    media_id: int,
    has_description: bool,
    description: str | None,
    focus: tuple[float, float] | None,
    at: datetime,
) -> None:
    """Change the alt text (None takes it away), the focal point, or both.

    That the attachment is the editor's own is the caller's care. Invalid for too long a text.
    """
    require_description(description)
    await update_described(
        tx,
        media_id=media_id,
        has_description=has_description,
        description=description,
        focus=focus,
        at=at,
    )
