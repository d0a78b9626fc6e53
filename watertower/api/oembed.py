"""GET /api/oembed and /api/web/embeds/:id: how a page may show one of our public statuses (oembed.com, version 1.0)."""

import html
from urllib.parse import urlsplit

from watertower.api.request import ApiRequest, id_of
from watertower.base.errors import NotFound
from watertower.base.web import Response, json_response
from watertower.statuses.access.embed import embed_for

DEFAULT_WIDTH = 400
CACHE_SECONDS = 86_400


async def get_oembed(request: ApiRequest) -> Response:
    """The frame that shows the status behind `url`; public and unlisted ones of ours only."""
    return await _frame(request, _status_id(request, request.required_text("url", limit=2048)))


async def get_web_embed(request: ApiRequest) -> Response:
    """The same for a status by its id, as Mastodon's own page asks for it."""
    return await _frame(request, request.path_id())


async def _frame(request: ApiRequest, status_id: int) -> Response:
    width = request.number("maxwidth", DEFAULT_WIDTH, least=1, most=10_000)
    height = request.number("maxheight", None, least=1, most=10_000)
    found = await embed_for(request.ctx, status_id=status_id)
    base = request.ctx.settings.base_url
    frame = (
        f'<iframe src="{html.escape(found.url)}/embed" class="mastodon-embed" '
        f'style="max-width: 100%; border: 0" width="{width}"'
        f"{'' if height is None else f' height={chr(34)}{height}{chr(34)}'} "
        'allowfullscreen="allowfullscreen"></iframe>'
    )
    return json_response(
        {
            "type": "rich",
            "version": "1.0",
            "author_name": found.author_name,
            "author_url": found.author_url,
            "provider_name": request.ctx.settings.server.domain,
            "provider_url": f"{base}/",
            "cache_age": CACHE_SECONDS,
            "html": frame,
            "width": width,
            "height": height,
        }
    )


def _status_id(request: ApiRequest, url: str) -> int:
    """The id in one of our addresses: /@name/1, /users/name/statuses/1, /ap/users/1/statuses/1."""
    base = urlsplit(request.ctx.settings.base_url)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise NotFound from error
    if parts.netloc.lower() != base.netloc.lower():
        raise NotFound
    segments = parts.path.strip("/").split("/")
    is_page = len(segments) == 2 and segments[0].startswith("@")
    is_document = len(segments) in {4, 5} and segments[-2] == "statuses"
    number = id_of(segments[-1]) if is_page or is_document else None
    if number is None:
        raise NotFound
    return number
