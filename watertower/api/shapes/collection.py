"""Collection and CollectionItem, as JSON.

Sources: entities `collection`, `collection_item`, `collection_with_accounts` of the API 4.6.
"""

from collections.abc import Sequence
from typing import Any

from watertower.accounts.model import Viewer, viewer_id
from watertower.api.shapes.tag import tag_url
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.base.json import to_json_bytes
from watertower.base.text.tags import tag_name
from watertower.feeds.access.collections import collections_by_id
from watertower.feeds.model import Collection, CollectionItem


def collection_shape(ctx: Context, found: Collection) -> dict[str, Any]:
    """A collection with its items; the accounts stand apart."""
    base = ctx.settings.base_url
    name = found.tag_name
    return {
        "id": str(found.id),
        "uri": f"{base}/ap/users/{found.account_id}/collections/{found.id}",
        "name": found.name,
        "description": found.description,
        "language": found.language,
        "account_id": str(found.account_id),
        "local": True,
        "sensitive": found.is_sensitive,
        "discoverable": found.is_discoverable,
        "url": f"{base}/collections/{found.id}",
        "item_count": len(found.items),
        "created_at": moment(found.created_at),
        "updated_at": moment(found.updated_at),
        "tag": {"name": name, "url": tag_url(ctx, tag_name(name))} if name else None,
        "items": [item_shape(item) for item in found.items],
    }


def item_shape(item: CollectionItem) -> dict[str, Any]:
    """One place in a collection."""
    return {
        "id": str(item.id),
        "state": "accepted",
        "created_at": moment(item.created_at),
        "account_id": str(item.account_id),
    }


async def render_collections(
    ctx: Context, collection_ids: Sequence[int], *, viewer: Viewer | None
) -> dict[int, bytes]:
    """Collections as JSON bytes by id; one query for any number, none for none."""
    found = await collections_by_id(ctx, viewer_id=viewer_id(viewer), collection_ids=collection_ids)
    return {one.id: to_json_bytes(collection_shape(ctx, one)) for one in found.values()}
