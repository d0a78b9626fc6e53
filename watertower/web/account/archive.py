"""/settings/archive: all posts and pictures in one file, to be fetched for a week."""

from watertower.accounts.actions.archives import (
    archive_for,
    archives_of,
    ask_for_archive,
    next_archive_at,
)
from watertower.accounts.jobs.archive_mail import KEPT
from watertower.base.errors import NotFound, TooMany
from watertower.base.web import Response, redirect
from watertower.web.media import FileResponse
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_archive(request: WebRequest) -> Response:
    """What there is, and the button."""
    return await _page(request)


async def post_archive(request: WebRequest) -> Response:
    """Have one made."""
    try:
        await ask_for_archive(request.ctx, account_id=request.login.account_id)
    except TooMany as refused:
        return await _page(request, f"{refused.says}.")
    return redirect("/settings/archive", 303)


async def get_archive_file(request: WebRequest) -> Response:
    """The file, to nobody but its member, a piece at a time."""
    found = await archive_for(
        request.ctx, account_id=request.login.account_id, archive_id=request.path_id()
    )
    size = None if found.file_key is None else await request.ctx.storage.size(found.file_key)
    if found.file_key is None or size is None:
        raise NotFound
    name = f"{request.login.username}-{found.created_at:%Y-%m-%d}.zip"
    return FileResponse(
        content_type="application/zip",
        headers={"content-disposition": f'attachment; filename="{name}"'},
        pieces=request.ctx.storage.read(found.file_key, start=0, end=size),
        length=size,
    )


async def _page(request: WebRequest, wrong: str = "") -> Response:
    archives = await archives_of(request.ctx, account_id=request.login.account_id)
    return page(
        request,
        "settings_archive.html",
        status=429 if wrong else 200,
        archives=[(found, found.created_at + KEPT) for found in archives],
        next_at=next_archive_at(archives, now=request.ctx.now()),
        wrong=wrong,
    )
