"""Pure decisions about statuses: whether a draft is complete, who may boost, what is sensitive."""

from dataclasses import replace
from datetime import datetime

from watertower.base.text.count import length_of
from watertower.statuses.draft import Draft, DraftPoll
from watertower.statuses.errors import refused
from watertower.statuses.limits import (
    MAX_CHARACTERS,
    MAX_CODE_POINTS,
    MAX_MEDIA,
    MAX_OPTION_CHARACTERS,
    MAX_POLL_OPTIONS,
    MAX_POLL_SECONDS,
    MIN_POLL_OPTIONS,
    MIN_POLL_SECONDS,
    SCHEDULED_AHEAD,
    SCHEDULED_WITHIN,
)
from watertower.statuses.model import Status, Visibility


def complete(draft: Draft) -> Draft:
    """A warning without a text is the text; nothing is hidden behind it."""
    if draft.text.strip() or not draft.content_warning.strip():
        return draft
    if draft.media_ids or draft.poll or draft.quoted_status_id:
        return draft
    return replace(draft, text=draft.content_warning, content_warning="")


def check_draft(draft: Draft) -> None:
    """Raise Invalid, in Mastodon's words, for what can be told from the draft alone."""
    has_more = bool(draft.media_ids or draft.quoted_status_id)
    if not (draft.text.strip() or draft.content_warning.strip() or has_more):
        raise refused("text", "can't be blank", "ERR_BLANK")
    check_length(draft.text, draft.content_warning)
    if len(draft.media_ids) > MAX_MEDIA:
        raise refused("base", f"Cannot attach more than {MAX_MEDIA} files", "ERR_TOO_MANY")
    if draft.poll is not None:
        check_poll(draft.poll)


def check_length(text: str, content_warning: str) -> None:
    """Raise Invalid if the text and its warning are longer than a status may be."""
    is_long = len(text) + len(content_warning) > MAX_CODE_POINTS
    if is_long or length_of(text, content_warning) > MAX_CHARACTERS:
        raise refused("text", f"character limit of {MAX_CHARACTERS} exceeded", "ERR_TOO_LONG")


def check_poll(poll: DraftPoll) -> None:
    """Raise Invalid unless the poll has a few different, short options and a sane end."""
    options = poll.options
    if len(options) < MIN_POLL_OPTIONS:
        raise refused("options", "must have more than one item")
    if len(options) > MAX_POLL_OPTIONS:
        raise refused("options", f"can't contain more than {MAX_POLL_OPTIONS} items")
    if any(not option.strip() for option in options):
        raise refused("options", "can't be blank", "ERR_BLANK")
    if any(length_of(option) > MAX_OPTION_CHARACTERS or len(option) > 1000 for option in options):
        raise refused("options", f"cannot be longer than {MAX_OPTION_CHARACTERS} characters each")
    if len(set(options)) != len(options):
        raise refused("options", "contain duplicate items")
    if poll.expires_in_seconds < MIN_POLL_SECONDS:
        raise refused("expires_at", "is too soon")
    if poll.expires_in_seconds > MAX_POLL_SECONDS:
        raise refused("expires_at", "is too far into the future")


def check_time_ahead(scheduled_at: datetime, now: datetime) -> None:
    """Raise Invalid unless there are a few minutes left to change one's mind, and not an age."""
    if scheduled_at < now + SCHEDULED_AHEAD:
        raise refused("scheduled_at", "date must be in the future")
    if scheduled_at > now + SCHEDULED_WITHIN:
        raise refused("scheduled_at", "is too far into the future")


def is_sensitive(draft: Draft, *, by_default: bool) -> bool:
    """Whether media is hidden at first: as asked, as preferred, and always under a warning."""
    asked = by_default if draft.is_sensitive is None else draft.is_sensitive
    return asked or bool(draft.content_warning.strip())


def may_boost(status: Status, *, actor_id: int) -> bool:
    """Public and unlisted by everybody, followers-only by its author, direct by nobody."""
    if status.visibility <= Visibility.UNLISTED:
        return True
    return status.visibility is Visibility.PRIVATE and status.account_id == actor_id


def counts_for_author(visibility: Visibility) -> bool:
    """Whether a status is counted on the profile: private exchanges are not."""
    return visibility is not Visibility.DIRECT


def counts_as_reply(visibility: Visibility) -> bool:
    """Whether a reply is counted on what it replies to: only what anybody could see."""
    return visibility <= Visibility.UNLISTED
