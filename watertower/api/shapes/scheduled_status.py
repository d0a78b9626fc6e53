"""ScheduledStatus, as JSON. Sources: entities `scheduled_status` of the Mastodon API 4.6."""

from collections.abc import Mapping, Sequence
from typing import Any

from watertower.api.shapes.media import media_shape
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.statuses.access.scheduled import media_of_scheduled
from watertower.statuses.draft import Draft, unpack_draft
from watertower.statuses.model import VISIBILITY_NAMES, ScheduledStatus


async def scheduled_shapes(
    ctx: Context, scheduled: Sequence[ScheduledStatus]
) -> list[dict[str, Any]]:
    """Scheduled statuses in the order given; one query."""
    media = await media_of_scheduled(ctx, scheduled=scheduled) if scheduled else {}
    return [_shape(ctx, one, media.get(one.id, [])) for one in scheduled]


def _shape(
    ctx: Context, scheduled: ScheduledStatus, media: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    draft = unpack_draft(scheduled.draft)
    order = {media_id: place for place, media_id in enumerate(draft.media_ids)}
    media = sorted(media, key=lambda m: order.get(m["id"], len(order)))
    return {
        "id": str(scheduled.id),
        "scheduled_at": moment(scheduled.scheduled_at),
        "params": draft_params(draft, scheduled.application_id),
        "media_attachments": [media_shape(ctx, one) for one in media],
    }


def draft_params(draft: Draft, application_id: int | None) -> dict[str, Any]:
    """The draft under the names that apps sent it with."""
    poll = draft.poll
    return {
        "text": draft.text,
        "media_ids": [str(media_id) for media_id in draft.media_ids] or None,
        "sensitive": draft.is_sensitive,
        "spoiler_text": draft.content_warning,
        "visibility": None if draft.visibility is None else VISIBILITY_NAMES[draft.visibility],
        "language": draft.language,
        "in_reply_to_id": None if draft.in_reply_to_id is None else str(draft.in_reply_to_id),
        "poll": None
        if poll is None
        else {
            "options": list(poll.options),
            "expires_in": poll.expires_in_seconds,
            "multiple": poll.is_multiple,
            "hide_totals": poll.hides_totals,
        },
        "quoted_status_id": None if draft.quoted_status_id is None else str(draft.quoted_status_id),
        "quote_approval_policy": draft.quote_policy,
        "local_only": draft.is_local_only,
        "content_type": draft.content_type,
        "reply_policy": draft.reply_policy,
        "application_id": application_id,
        "scheduled_at": None,
        "idempotency": None,
        "with_rate_limit": False,
        "allowed_mentions": None,
    }
