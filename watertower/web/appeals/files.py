"""A file that came with a message: only ever a download, never shown by our own address."""

from urllib.parse import quote

from watertower.base.errors import NotFound
from watertower.base.web import Response
from watertower.moderation.model.appeals import StoredFile
from watertower.web.media import FileResponse
from watertower.web.request import WebRequest


async def download(request: WebRequest, found: StoredFile) -> Response:
    """The file. Whatever it is, the browser keeps it and does not open it as a page of ours."""
    size = await request.ctx.storage.size(found.key)
    if size is None:
        raise NotFound
    return FileResponse(
        content_type="application/octet-stream",
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
            "content-security-policy": "default-src 'none'; sandbox",
            "x-content-type-options": "nosniff",
        },
        pieces=request.ctx.storage.read(found.key, start=0, end=size),
        length=size,
    )
