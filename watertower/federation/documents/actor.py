"""An account of ours as an actor, in Mastodon's terms (actor_serializer, 4.6)."""

from typing import Any

from watertower.accounts.access.accounts import account_for
from watertower.accounts.actions.own_keys import OwnKey, own_key
from watertower.accounts.model import Account
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.base.versioned_cache import VersionedCache
from watertower.federation.documents.context import ACTOR_CONTEXT
from watertower.federation.documents.parts import emoji_tags, image
from watertower.federation.documents.times import midnight
from watertower.federation.queries.actors import find_actor

_kept: VersionedCache[bytes] = VersionedCache(most_bytes=8_000_000)


async def actor_bytes(ctx: Context, *, account_id: int, version: int) -> bytes:
    """The actor's document of this version, rendered once."""
    kept = _kept.get(account_id, version)
    if kept is None:
        document = await actor_document(ctx, account_id=account_id)
        kept = to_json_bytes({"@context": ACTOR_CONTEXT} | document)
        _kept.put(account_id, version, kept, len(kept) + 200)
    return kept


async def actor_document(
    ctx: Context, *, account_id: int, is_for_owner: bool = False
) -> dict[str, Any]:
    """The actor without its context, to be put inside an activity; to its owner, whole."""
    account = await account_for(ctx, account_id=account_id)
    key = await own_key(ctx, account_id=account_id)
    moved_to = None
    if account.moved_to_account_id is not None:
        async with ctx.reading() as tx:
            target = await find_actor(tx, account_id=account.moved_to_account_id)
        moved_to = target.uri if target is not None else None
    return render_actor(
        ctx,
        account,
        key,
        moved_to=moved_to,
        is_hidden=account.is_suspended and not is_for_owner,
    )


def render_actor(
    ctx: Context, account: Account, key: OwnKey, *, moved_to: str | None, is_hidden: bool
) -> dict[str, Any]:
    """The document. A suspended account shows its name and its key, nothing else."""
    server = ctx.settings.server
    document: dict[str, Any] = {
        "id": account.uri,
        "webfinger": f"{account.username}@{server.domain}",
        "type": "Service" if account.is_bot else account.actor_type,
        "following": account.following_url,
        "followers": account.followers_url,
        "inbox": account.inbox_url,
        "outbox": account.outbox_url,
        "featured": account.featured_url,
        "featuredTags": f"{account.uri}/collections/tags",
        "preferredUsername": account.username,
        "name": account.username if is_hidden else account.display_name or account.username,
        "summary": "" if is_hidden else account.note_html,
        "url": account.url,
        "manuallyApprovesFollowers": account.is_locked,
        "discoverable": bool(account.is_discoverable) and not is_hidden,
        "indexable": account.is_indexable and not is_hidden,
        "published": midnight(account.created_at),
        "memorial": account.is_memorial,
        "showFeatured": account.shows_featured,
        "showMedia": account.shows_media,
        "showRepliesInMedia": account.shows_media_replies,
        "publicKey": {"id": key.key_id, "owner": account.uri, "publicKeyPem": key.public_pem},
        "tag": [] if is_hidden else emoji_tags(ctx, account.emojis),
        "attachment": []
        if is_hidden
        else [
            {"type": "PropertyValue", "name": field["name"], "value": field.get("html", "")}
            for field in account.fields
        ],
        "endpoints": {"sharedInbox": account.shared_inbox_url or f"{ctx.settings.base_url}/inbox"},
    }
    if is_hidden:
        return document | {"suspended": True}
    icon = image(ctx, account.avatar_key, account.avatar_description)
    header = image(ctx, account.header_key, account.header_description)
    if icon is not None:
        document["icon"] = icon
    if header is not None:
        document["image"] = header
    if moved_to is not None:
        document["movedTo"] = moved_to
    if account.also_known_as:
        document["alsoKnownAs"] = list(account.also_known_as)
    if account.attribution_domains:
        document["attributionDomains"] = list(account.attribution_domains)
    return document


def render_instance_actor(ctx: Context, key: OwnKey) -> dict[str, Any]:
    """The server itself. Never asks for a signature: others need its key to check ours."""
    base = ctx.settings.base_url
    domain = ctx.settings.server.domain
    return {
        "@context": ACTOR_CONTEXT,
        "id": f"{base}/actor",
        "webfinger": f"{domain}@{domain}",
        "type": "Application",
        "inbox": f"{base}/actor/inbox",
        "outbox": f"{base}/actor/outbox",
        "preferredUsername": domain,
        "name": domain,
        "url": f"{base}/about",
        "manuallyApprovesFollowers": True,
        "discoverable": False,
        "publicKey": {"id": key.key_id, "owner": f"{base}/actor", "publicKeyPem": key.public_pem},
        "endpoints": {"sharedInbox": f"{base}/inbox"},
    }
