"""Instance, as JSON, in both versions: what this server is, allows and asks.

Sources: entities `instance` and `v1/instance` of the Mastodon API 4.6. Every limit comes from
the room that enforces it.
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from watertower import __version__
from watertower.accounts.access.registrations import Registrations
from watertower.accounts.access.site import Site
from watertower.accounts.model import RegistrationMode
from watertower.accounts.profile import (
    LONGEST_DISPLAY_NAME,
    LONGEST_FIELD,
    LONGEST_NOTE,
    LONGEST_PICTURE_DESCRIPTION,
    MOST_FIELDS,
)
from watertower.api.shapes.raw import raw
from watertower.api.shapes.rule import rule_shape
from watertower.api.shapes.site_text import words_html
from watertower.base.context import Context
from watertower.base.settings import Settings
from watertower.base.text.count import URL_COUNTS_AS
from watertower.feeds.actions.tags import MOST_FEATURED
from watertower.media.ffmpeg.convert import MOST_FRAMES_PER_SECOND
from watertower.media.model import MAX_DESCRIPTION
from watertower.media.rules.sniff import ALL_TYPES
from watertower.statuses.limits import (
    MAX_CHARACTERS,
    MAX_MEDIA,
    MAX_OPTION_CHARACTERS,
    MAX_PINS,
    MAX_POLL_OPTIONS,
    MAX_POLL_SECONDS,
    MIN_POLL_SECONDS,
)
from watertower.statuses.model import CommunitySize

# Whose API this is, for apps that compare versions; and who we are.
VERSION = f"4.6.5 (compatible; Watertower {__version__})"
API_VERSION = 11
ICON_SIZES = (192, 512)
SOURCE_URL = "https://github.com/watertower-server/watertower"


@dataclass(frozen=True)
class Described:
    """What the documents are made of. `contact` is an Account as JSON."""

    site: Site
    registrations: Registrations
    size: CommunitySize
    contact: bytes | None
    languages: tuple[str, ...] = ("en",)


def instance_shape(ctx: Context, found: Described) -> dict[str, Any]:
    """The document of version 2."""
    settings, site, registrations = ctx.settings, found.site, found.registrations
    base = settings.base_url
    is_limited = settings.federation.limited
    return {
        "domain": settings.server.domain,
        "title": site.title,
        "version": VERSION,
        "source_url": SOURCE_URL,
        "description": site.short_description,
        "usage": {"users": {"active_month": 0 if is_limited else found.size.active}},
        "thumbnail": {"url": f"{base}/assets/icon-512.png", "description": ""},
        "icon": [
            {"src": f"{base}/assets/icon-{size}.png", "size": f"{size}x{size}"}
            for size in ICON_SIZES
        ],
        "languages": list(found.languages),
        "configuration": _configuration(ctx, site),
        "registrations": {
            "enabled": registrations.is_open,
            "approval_required": registrations.asks_apps_to_wait(ctx.now()),
            "reason_required": registrations.mode is RegistrationMode.APPROVAL
            and registrations.requires_reason,
            "message": None if registrations.is_open else registrations.closed_message or None,
            "min_age": registrations.min_age or None,
            "url": None,
        },
        "api_versions": {"mastodon": API_VERSION},
        # Ours: whether those who run the server and those who moderate are different people.
        "watertower": {
            "duties_separated": site.are_duties_separated,
            "team_url": f"{base}/about/team",
        },
        "wrapstodon": None,
        "contact": {"email": site.contact_email, "account": _raw(found.contact)},
        "rules": [rule_shape(rule) for rule in site.rules],
    }


def _configuration(ctx: Context, site: Site) -> dict[str, Any]:
    settings = ctx.settings
    base = settings.base_url
    local = "public" if site.shows_local_timeline else "authenticated"
    feeds = {"local": local, "remote": "public"}
    return {
        "urls": {
            "streaming": settings.streaming_url,
            "status": None,
            "about": f"{base}/about",
            "privacy_policy": f"{base}/privacy-policy",
            "terms_of_service": f"{base}/terms-of-service" if site.terms else None,
        },
        "vapid": {"public_key": ctx.secrets.vapid_public},
        "accounts": {
            "max_display_name_length": LONGEST_DISPLAY_NAME,
            "max_note_length": LONGEST_NOTE,
            "max_avatar_description_length": LONGEST_PICTURE_DESCRIPTION,
            "max_header_description_length": LONGEST_PICTURE_DESCRIPTION,
            "max_featured_tags": MOST_FEATURED,
            "max_pinned_statuses": MAX_PINS,
            "max_profile_fields": MOST_FIELDS,
            "profile_field_name_limit": LONGEST_FIELD,
            "profile_field_value_limit": LONGEST_FIELD,
        },
        "statuses": _statuses(),
        "media_attachments": {"description_limit": MAX_DESCRIPTION} | _media(settings),
        "polls": _polls(),
        "translation": {"enabled": settings.translation.provider != "none"},
        "timelines_access": {
            "live_feeds": feeds,
            "hashtag_feeds": feeds,
            "trending_link_feeds": feeds,
        },
        "limited_federation": settings.federation.limited,
    }


def instance_v1_shape(ctx: Context, found: Described) -> dict[str, Any]:
    """The document of version 1, for older apps."""
    settings, site, registrations = ctx.settings, found.site, found.registrations
    return {
        "uri": settings.server.domain,
        "title": site.title,
        "short_description": site.short_description,
        "description": words_html(site.extended_description or site.short_description),
        "email": site.contact_email,
        "version": VERSION,
        "urls": {"streaming_api": settings.streaming_url},
        "stats": {
            "user_count": found.size.members,
            "status_count": found.size.statuses,
            "domain_count": found.size.servers,
        },
        "thumbnail": f"{settings.base_url}/assets/icon-512.png",
        "languages": list(found.languages),
        "registrations": registrations.is_open,
        "approval_required": registrations.asks_apps_to_wait(ctx.now()),
        "invites_enabled": registrations.mode is not RegistrationMode.CLOSED,
        "configuration": {
            "accounts": {"max_featured_tags": MOST_FEATURED, "max_pinned_statuses": MAX_PINS},
            "statuses": _statuses(),
            "media_attachments": _media(settings),
            "polls": _polls(),
        },
        "contact_account": _raw(found.contact),
        "rules": [rule_shape(rule) for rule in site.rules],
    }


def _statuses() -> dict[str, int]:
    return {
        "max_characters": MAX_CHARACTERS,
        "max_media_attachments": MAX_MEDIA,
        "characters_reserved_per_url": URL_COUNTS_AS,
    }


def _media(settings: Settings) -> dict[str, Any]:
    media = settings.media
    return {
        "supported_mime_types": [kind.content_type for kind in ALL_TYPES],
        "image_size_limit": media.image_limit_bytes,
        "image_matrix_limit": media.image_limit_pixels,
        "video_size_limit": media.video_limit_bytes,
        "video_frame_rate_limit": 2 * MOST_FRAMES_PER_SECOND,
        "video_matrix_limit": media.video_limit_pixels,
    }


def _polls() -> dict[str, int]:
    return {
        "max_options": MAX_POLL_OPTIONS,
        "max_characters_per_option": MAX_OPTION_CHARACTERS,
        "min_expiration": MIN_POLL_SECONDS,
        "max_expiration": MAX_POLL_SECONDS,
    }


def _raw(body: bytes | None) -> msgspec.Raw | None:
    return None if body is None else raw(body)
