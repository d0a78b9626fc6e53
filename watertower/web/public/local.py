"""GET /public/local: what members of this community post in public."""

from watertower.base.errors import NotSignedIn
from watertower.base.web import Response
from watertower.feeds.access.timelines import public_for
from watertower.web.pages import page
from watertower.web.request import WebRequest
from watertower.web.views.pager import paged
from watertower.web.views.status import status_views


async def get_local(request: WebRequest) -> Response:
    """The local timeline, unless the community shows it to members only."""
    if request.viewer is None and not request.site.shows_local_timeline:
        raise NotSignedIn
    asked = request.page()
    lines = await public_for(
        request.ctx, viewer=request.viewer, page=asked, origin="local", only_media=False
    )
    first = "max_id" not in request.params
    shown, pager = paged(lines, asked, request.path, is_first=first)
    return page(
        request,
        "local.html",
        keeps="public, max-age=15",
        statuses=await status_views(request.ctx, shown),
        pager=pager,
    )
