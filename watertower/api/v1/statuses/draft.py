"""Reads a draft out of the parameters of POST and PUT /api/v1/statuses."""

from collections.abc import Mapping
from typing import Any

from watertower.api.request import ApiRequest, id_of, invalid
from watertower.base.text.clean import clean_text
from watertower.statuses.draft import Draft, DraftPoll, MediaEdit
from watertower.statuses.limits import MAX_MEDIA, MAX_POLL_OPTIONS
from watertower.statuses.model import VISIBILITY_OF, Visibility

CONTENT_TYPES = ("text/plain", "text/markdown")
REPLY_POLICIES = ("public", "followers", "mentioned", "nobody")
QUOTE_POLICIES = ("public", "followers", "nobody")
MAX_DESCRIPTION = 10_000


def draft_of(request: ApiRequest) -> Draft:
    """What the member wants to publish; Invalid for values of the wrong kind."""
    return Draft(
        text=request.text("status") or "",
        content_warning=request.text("spoiler_text") or "",
        visibility=visibility_of(request),
        is_sensitive=request.flag("sensitive"),
        language=request.text("language", limit=64) or None,
        in_reply_to_id=request.id("in_reply_to_id"),
        media_ids=tuple(request.ids("media_ids")),
        media_edits=media_edits_of(request),
        poll=poll_of(request),
        quoted_status_id=request.id("quoted_status_id"),
        quote_policy=request.one_of("quote_approval_policy", QUOTE_POLICIES),
        is_local_only=request.is_on("local_only"),
        content_type=request.one_of("content_type", CONTENT_TYPES),
        reply_policy=request.one_of("reply_policy", REPLY_POLICIES),
        scheduled_at=request.moment("scheduled_at"),
    )


def visibility_of(request: ApiRequest) -> Visibility | None:
    """The visibility asked for, None for the author's usual one."""
    word = request.one_of("visibility", tuple(VISIBILITY_OF))
    return None if word is None else VISIBILITY_OF[word]


def poll_of(request: ApiRequest) -> DraftPoll | None:
    """The poll, if there is one. Empty options at the end come from apps with fixed fields."""
    poll = request.group("poll")
    options = poll.texts("options", most=MAX_POLL_OPTIONS * 5)
    while options and not options[-1].strip():
        options.pop()
    if not options:
        return None
    seconds = poll.number("expires_in", least=-(2**31), most=2**31)
    if seconds is None:
        raise invalid("expires_at", "can't be blank", "ERR_BLANK")
    return DraftPoll(
        options=tuple(option.strip() for option in options),
        expires_in_seconds=seconds,
        is_multiple=poll.is_on("multiple"),
        hides_totals=poll.is_on("hide_totals"),
    )


def media_edits_of(request: ApiRequest) -> tuple[MediaEdit, ...]:
    """New descriptions and focal points of attachments, from `media_attributes`."""
    found = []
    for item in request.list_of("media_attributes", most=MAX_MEDIA * 5):
        if not isinstance(item, Mapping):
            raise invalid("media_attributes", "must be a list of objects")
        media_id = id_of(item.get("id"))
        if media_id is not None:
            found.append(MediaEdit(media_id, _description(item), _focus(item)))
    return tuple(found)


def _description(item: Mapping[str, Any]) -> str | None:
    value = item.get("description")
    if value is None:
        return None
    if not isinstance(value, str):
        raise invalid("description", "must be a text")
    if len(value) > MAX_DESCRIPTION:
        problem = f"is too long (maximum is {MAX_DESCRIPTION} characters)"
        raise invalid("description", problem, "ERR_TOO_LONG")
    return clean_text(value)


def _focus(item: Mapping[str, Any]) -> tuple[float, float] | None:
    value = item.get("focus")
    if value is None or value == "":
        return None
    try:
        x, y = (float(part) for part in str(value).split(","))
    except ValueError as error:
        raise invalid("focus", "must be two numbers") from error
    if not (-1 <= x <= 1 and -1 <= y <= 1):
        raise invalid("focus", "must be between -1 and 1")
    return x, y
