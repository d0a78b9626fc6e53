"""GET /@name/:id and /@name/:id/embed: a post with its thread, and alone for other sites."""

from watertower.base.errors import NotFound
from watertower.base.web import Response, redirect
from watertower.statuses.access.statuses import line_for
from watertower.statuses.access.thread import thread_for
from watertower.web.pages import page
from watertower.web.public.profile import elsewhere, person_in_path
from watertower.web.request import WebRequest
from watertower.web.views.status import StatusView, status_views


async def get_status(request: WebRequest) -> Response:
    """The post, what it answers, and what answers it."""
    account = await person_in_path(request)
    line = await line_for(request.ctx, viewer=request.viewer, status_id=request.path_id())
    if not account.is_local:
        return elsewhere(request, account)
    if line.reblog_of is not None or line.account.id != account.id:
        original = (await status_views(request.ctx, [line]))[0]
        if not original.author.is_local:
            raise NotFound
        return redirect(original.path)
    above, below = await thread_for(request.ctx, viewer=request.viewer, status_id=line.id)
    views = await status_views(request.ctx, [*above, line, *below])
    place = next((at for at, view in enumerate(views) if view.id == line.id), None)
    if place is None:
        raise NotFound
    shown = views[place]
    response = page(
        request,
        "status_page.html",
        keeps="public, max-age=15",
        shown=shown,
        above=views[:place],
        below=views[place + 1 :],
        picture=_picture(shown, request.ctx.settings.base_url),
    )
    uri = shown.uri.replace(">", "%3E")
    response.headers["link"] = f'<{uri}>; rel="alternate"; type="application/activity+json"'
    return response


async def get_embed(request: WebRequest) -> Response:
    """The post alone, as everybody may see it, for a frame on any site."""
    request.viewer = None
    account = await person_in_path(request)
    line = await line_for(request.ctx, viewer=None, status_id=request.path_id())
    if not account.is_local or line.reblog_of is not None or line.account.id != account.id:
        raise NotFound
    shown = (await status_views(request.ctx, [line]))[0]
    return page(request, "embed.html", keeps="public, max-age=60", shown=shown)


def _picture(shown: StatusView, base_url: str) -> tuple[str, bool]:
    """The picture for previews elsewhere, and whether it is a large one. Nothing sensitive."""
    covered = shown.is_sensitive or bool(shown.plain_warning)
    media = next((m for m in shown.media if m.preview and m.kind != "audio"), None)
    url = media.preview if media is not None and not covered else shown.author.avatar
    absolute = url if url.startswith("http") else base_url + url
    return absolute, media is not None and not covered
