"""CredentialAccount and Profile, as JSON: an account as its owner sees it, to be edited."""

from collections.abc import Mapping
from typing import Any

from watertower.accounts.access.people import own_profile
from watertower.accounts.model import Permission, Role
from watertower.api.shapes.account import render_account
from watertower.api.shapes.tag import featured_tag_shape
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.feeds.access.tags import featured_tags_of

COLLECTION_LIMIT = 10
ALL_PERMISSIONS = sum(Permission)


async def render_credential_account(ctx: Context, account_id: int) -> bytes:
    """The member's own account with the sources of its texts, its defaults and its role."""
    own = await own_profile(ctx, account_id=account_id)
    account, chosen = own.account, own.preferences
    source = {
        "privacy": chosen.default_privacy,
        "sensitive": chosen.default_sensitive,
        "language": chosen.default_language,
        "quote_policy": chosen.default_quote_policy,
        "note": account.note,
        "fields": [raw_field(field) for field in account.fields if not field.get("mark")],
        "follow_requests_count": own.follow_requests_count,
        "hide_collections": account.hides_collections,
        "discoverable": account.is_discoverable,
        "indexable": account.is_indexable,
        "attribution_domains": account.attribution_domains,
    }
    return b'%b,"source":%b,"role":%b}' % (
        (await render_account(ctx, account_id))[:-1],
        to_json_bytes(source),
        to_json_bytes(role_shape(own.role, own.everyone_permissions)),
    )


def role_shape(role: Role, everyone_permissions: int) -> dict[str, Any]:
    """The member's role with all it allows; an owner may everything."""
    permissions = role.permissions | everyone_permissions
    if permissions & Permission.ADMINISTRATOR:
        permissions = ALL_PERMISSIONS
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(permissions),
        "color": role.color,
        "highlighted": role.is_highlighted,
        "collection_limit": COLLECTION_LIMIT,
    }


def raw_field(field: Mapping[str, Any]) -> dict[str, Any]:
    """A field as it was typed."""
    return {
        "name": field.get("name", ""),
        "value": field.get("value", ""),
        "verified_at": field.get("verified_at"),
    }


async def profile_shape(ctx: Context, account_id: int) -> dict[str, Any]:
    """Everything of the profile that can be edited, as typed, and as it is shown."""
    account = (await own_profile(ctx, account_id=account_id)).account
    tags = await featured_tags_of(ctx, account_id=account_id)

    def url(key: str | None) -> str | None:
        return ctx.storage.url(key) if key else None

    return {
        "id": str(account.id),
        "display_name": account.display_name,
        "note": account.note,
        "fields": [raw_field(field) for field in account.fields if not field.get("mark")],
        "formatted_note": account.note_html,
        "formatted_fields": [
            raw_field(field) | {"value": field.get("html", "")}
            for field in account.fields
            if not field.get("mark")
        ],
        "avatar": url(account.avatar_key),
        "avatar_static": url(account.avatar_static_key or account.avatar_key),
        "avatar_description": account.avatar_description,
        "header": url(account.header_key),
        "header_static": url(account.header_static_key or account.header_key),
        "header_description": account.header_description,
        "locked": account.is_locked,
        "bot": account.is_bot,
        "hide_collections": account.hides_collections,
        "discoverable": account.is_discoverable,
        "indexable": account.is_indexable,
        "show_media": account.shows_media,
        "show_media_replies": account.shows_media_replies,
        "show_featured": account.shows_featured,
        "attribution_domains": account.attribution_domains,
        "featured_tags": [featured_tag_shape(tag, account) for tag in tags],
    }
