"""/api/v1/media: a member's uploads, before they are in a post."""

import asyncio

from watertower.api.request import ApiRequest
from watertower.api.shapes.media import own_media_shape
from watertower.api.uploads import description_of, focus_of, status_of, take_upload
from watertower.base.web import Response, json_response
from watertower.media.access.media import media_for
from watertower.media.actions.delete_media import delete_upload
from watertower.media.actions.describe import describe
from watertower.media.errors import CannotProcess
from watertower.media.model import Media, MediaState

WAIT_SECONDS = 60.0
LOOK_SECONDS = 0.25


async def post_media(request: ApiRequest) -> Response:
    """Upload a file and wait until it is processed, for apps that know no better way."""
    media_id = await take_upload(request)
    media = await _when_finished(request, media_id)
    return json_response(own_media_shape(request.ctx, media), status_of(media))


async def get_media(request: ApiRequest) -> Response:
    """An upload: 200 when it is ready, 206 while it is processed, 422 when that failed."""
    media = await _own(request, request.path_id())
    if media.state is MediaState.FAILED:
        raise CannotProcess
    status = 200 if media.state is MediaState.DONE else 206
    return json_response(own_media_shape(request.ctx, media), status)


async def put_media(request: ApiRequest) -> Response:
    """Change the alt text, the focal point or the cover."""
    media_id = request.path_id()
    await describe(
        request.ctx,
        account_id=request.my_account_id,
        media_id=media_id,
        has_description="description" in request.params,
        description=description_of(request),
        focus=focus_of(request),
        thumbnail=request.upload("thumbnail"),
    )
    media = await _own(request, media_id)
    return json_response(own_media_shape(request.ctx, media))


async def delete_media(request: ApiRequest) -> Response:
    """Take back an upload that no post shows."""
    await delete_upload(request.ctx, account_id=request.my_account_id, media_id=request.path_id())
    return json_response({})


async def _own(request: ApiRequest, media_id: int) -> Media:
    return await media_for(request.ctx, account_id=request.my_account_id, media_id=media_id)


async def _when_finished(request: ApiRequest, media_id: int) -> Media:
    """The upload once it is done or failed, or as it is after a minute."""
    loop = asyncio.get_running_loop()
    until = loop.time() + WAIT_SECONDS
    while True:
        media = await _own(request, media_id)
        if media.state in {MediaState.DONE, MediaState.FAILED} or loop.time() > until:
            return media
        await asyncio.sleep(LOOK_SECONDS)
