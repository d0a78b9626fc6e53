"""Small objects that our documents name: a custom emoji, a hashtag."""

from watertower.base.errors import NotFound
from watertower.base.text.tags import tag_name
from watertower.base.web import Response
from watertower.federation.answers import json_document
from watertower.federation.documents.context import AS, NOTE_CONTEXT
from watertower.federation.documents.parts import emoji_tags, tag_url
from watertower.federation.endpoints.own import require_reader
from watertower.federation.queries.emojis import find_own_emoji
from watertower.federation.request import FederationRequest


async def show_emoji(request: FederationRequest) -> Response:
    """An emoji of ours, under the id that our documents give it."""
    async with request.ctx.reading() as tx:
        row = await find_own_emoji(tx, shortcode=request.path_params["code"])
    if row is None:
        raise NotFound
    (document,) = emoji_tags(request.ctx, [dict(row)])
    updated = row["updated_at"].strftime("%Y-%m-%dT%H:%M:%SZ")
    return json_document(request, {"@context": NOTE_CONTEXT, **document, "updated": updated})


async def show_tag(request: FederationRequest) -> Response:
    """A hashtag: a collection whose members nobody is told, as Mastodon answers."""
    await require_reader(request)
    name = tag_name(request.path_params["tag"])
    if not name:
        raise NotFound
    return json_document(
        request,
        {
            "@context": AS,
            "id": tag_url(request.ctx, name),
            "type": "OrderedCollection",
            "totalItems": 0,
        },
    )
