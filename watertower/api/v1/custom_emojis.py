"""GET /api/v1/custom_emojis: what members may write as :shortcode:."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.emoji import emoji_shapes
from watertower.base.web import Response, json_response
from watertower.media.access.emojis import emojis_of_server


async def get_custom_emojis(request: ApiRequest) -> Response:
    """All custom emoji of this server."""
    return json_response(emoji_shapes(request.ctx, await emojis_of_server(request.ctx)))
