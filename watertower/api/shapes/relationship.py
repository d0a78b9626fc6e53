"""Relationship, as JSON. Source: entity `relationship` of the Mastodon API 4.6."""

from typing import Any

from watertower.accounts.model import Relationship
from watertower.api.shapes.times import moment


def relationship_shape(found: Relationship) -> dict[str, Any]:
    """How the viewer stands to one account."""
    return {
        "id": str(found.id),
        "following": found.is_following,
        "showing_reblogs": found.shows_reblogs,
        "notifying": found.notifies,
        "languages": found.languages,
        "followed_by": found.is_followed_by,
        "blocking": found.is_blocking,
        "blocked_by": found.is_blocked_by,
        "muting": found.is_muting,
        "muting_notifications": found.is_muting_notifications,
        "muting_expires_at": moment(found.mute_expires_at),
        "requested": found.is_requested,
        "requested_by": found.is_requested_by,
        "domain_blocking": found.is_muting_domain,
        "endorsed": found.is_endorsed,
        "note": found.note,
    }
