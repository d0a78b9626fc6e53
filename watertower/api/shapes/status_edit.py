"""StatusEdit, as JSON. Sources: entities `status_edit` of the Mastodon API 4.6."""

from typing import Any

from watertower.api.shapes.emoji import emoji_shapes
from watertower.api.shapes.media import media_shape
from watertower.api.shapes.raw import raw
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.statuses.model import StatusEdit


def edit_shape(ctx: Context, edit: StatusEdit, *, account: bytes) -> dict[str, Any]:
    """One version of a status; `account` is its author as JSON."""
    shape: dict[str, Any] = {
        "content": edit.content_html,
        "spoiler_text": edit.content_warning,
        "sensitive": edit.is_sensitive,
        "created_at": moment(edit.created_at),
        "account": raw(account),
        "media_attachments": [media_shape(ctx, media) for media in edit.media],
        "emojis": emoji_shapes(ctx, edit.emojis),
        "quote": None,
    }
    if edit.poll_options is not None:
        shape["poll"] = {"options": [{"title": option} for option in edit.poll_options]}
    return shape
