"""Reads the parameters of a request: query, then body, whatever its kind. Files go to disk."""

import shutil
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from watertower.base.errors import Invalid, TooLarge
from watertower.base.params import (
    MAX_PARAMETERS,
    Params,
    Upload,
    nest,
    parse_json,
    parse_query,
)
from watertower.base.settings import Settings
from watertower.base.web import Receive, Scope


async def read_params(
    scope: Scope,
    headers: dict[str, str],
    receive: Receive,
    settings: Settings,
    uploads: list[Upload],
    *,
    takes_files: bool,
) -> Params:
    """Query and body as one nested dict; the body wins. Uploads are also listed for clean-up."""
    params = parse_query(scope.get("query_string", b""))
    if scope["method"] in {"GET", "HEAD"}:
        return params
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    limit = settings.server.body_limit_bytes
    if takes_files:
        limit = max(limit, settings.media.video_limit_bytes + 1_048_576)
    declared = headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise TooLarge("The request is too large")
    if kind == "multipart/form-data":
        return params | await _read_multipart(headers, receive, limit, uploads, takes_files)
    body = await read_body(receive, min(limit, settings.server.body_limit_bytes))
    if kind == "application/json" or kind.endswith("+json"):
        return params | parse_json(body)
    if kind in {"application/x-www-form-urlencoded", ""}:
        return params | parse_query(body)
    if body:
        raise Invalid(f"Content-Type {kind} is not understood; send a form or JSON")
    return params


async def read_body(receive: Receive, limit: int) -> bytes:
    """The whole body; TooLarge past the limit."""
    chunks = [chunk async for chunk in _chunks(receive, limit)]
    return b"".join(chunks)


async def _chunks(receive: Receive, limit: int) -> AsyncGenerator[bytes, None]:
    seen = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Invalid("The request was cut off")
        chunk: bytes = message.get("body", b"")
        seen += len(chunk)
        if seen > limit:
            raise TooLarge("The request is too large")
        if chunk:
            yield chunk
        if not message.get("more_body", False):
            return


async def _read_multipart(
    headers: dict[str, str], receive: Receive, limit: int, uploads: list[Upload], takes_files: bool
) -> Params:
    parser = MultiPartParser(
        Headers(headers),
        _chunks(receive, limit),
        max_files=8 if takes_files else 0,
        max_fields=MAX_PARAMETERS,
        max_part_size=1_048_576,
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError, ValueError) as error:
        raise Invalid("The form could not be read") from error
    try:
        pairs: list[tuple[str, object]] = []
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                upload = _keep(value)
                uploads.append(upload)
                pairs.append((name, upload))
            else:
                pairs.append((name, value))
        return nest(pairs)
    finally:
        await form.close()


def _keep(file: UploadFile) -> Upload:
    """Give the spooled file a name on disk, so that other processes can read it."""
    with tempfile.NamedTemporaryFile(prefix="watertower-upload-", delete=False) as out:
        file.file.seek(0)
        shutil.copyfileobj(file.file, out)
        size = out.tell()
    return Upload(file.filename or "", file.content_type or "", Path(out.name), size)


def forget_uploads(uploads: list[Upload]) -> None:
    """Remove what nobody moved away."""
    for upload in uploads:
        upload.path.unlink(missing_ok=True)
