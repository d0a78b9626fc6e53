"""Admin::Tag, as JSON: a hashtag with what moderators decided. Source: `admin/tag`, 4.6."""

from typing import Any

from watertower.api.shapes.tag import tag_shape
from watertower.base.context import Context
from watertower.moderation.model.tags import ReviewedTag


def admin_tag_shape(ctx: Context, found: ReviewedTag) -> dict[str, Any]:
    """A tag for moderators. What nobody reviewed yet may trend, as long as nobody says no."""
    rules = found.rules
    return {
        **tag_shape(ctx, found.line, is_member=True),
        "trendable": rules.is_trendable is not False,
        "usable": bool(rules.is_usable),
        "listable": bool(rules.is_listable),
        "requires_review": rules.is_trendable is None,
    }
