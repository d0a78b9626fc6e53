"""POST /api/v2/media: upload a file without waiting for what takes long."""

from watertower.api.request import ApiRequest
from watertower.api.shapes.media import own_media_shape
from watertower.api.uploads import status_of, take_upload
from watertower.base.web import Response, json_response
from watertower.media.access.media import media_for


async def post_media_v2(request: ApiRequest) -> Response:
    """Upload: 200 for a picture, which is ready; 202 for what is processed later, without url."""
    media_id = await take_upload(request)
    media = await media_for(request.ctx, account_id=request.my_account_id, media_id=media_id)
    return json_response(own_media_shape(request.ctx, media), status_of(media))
