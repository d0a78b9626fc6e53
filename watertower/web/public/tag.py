"""GET /tags/:tag and /tags/:tag.rss: public posts with a hashtag."""

from watertower.base.errors import NotFound, NotSignedIn
from watertower.base.paging import Page
from watertower.base.text.tags import tag_name
from watertower.base.web import Response
from watertower.feeds.access.timelines import tagged_for
from watertower.feeds.model import TagChoice
from watertower.statuses.model import StatusLine
from watertower.web.pages import page
from watertower.web.public.rss import FEED_SIZE, Feed, answer_feed
from watertower.web.request import WebRequest
from watertower.web.views.pager import paged
from watertower.web.views.status import status_views


async def get_tag(request: WebRequest) -> Response:
    """The page of a hashtag, or its feed."""
    asked = request.path_params["tag"]
    wants_feed = asked.endswith(".rss")
    tag = tag_name(asked.removesuffix(".rss"))
    if not tag:
        raise NotFound
    if request.viewer is None and not request.site.shows_local_timeline:
        raise NotSignedIn
    return await (_feed if wants_feed else _page)(request, tag)


async def _page(request: WebRequest, tag: str) -> Response:
    asked = request.page()
    lines = await _tagged(request, tag, asked)
    first = "max_id" not in request.params
    shown, pager = paged(lines, asked, request.path, is_first=first)
    return page(
        request,
        "tag.html",
        keeps="public, max-age=15",
        tag=tag,
        statuses=await status_views(request.ctx, shown),
        pager=pager,
    )


async def _feed(request: WebRequest, tag: str) -> Response:
    lines = await _tagged(request, tag, Page(FEED_SIZE))
    address = request.path.removesuffix(".rss")
    feed = Feed(f"#{tag} on {request.site.title}", f"Public posts tagged #{tag}", address)
    return answer_feed(request, feed, await status_views(request.ctx, lines))


async def _tagged(request: WebRequest, tag: str, asked: Page) -> list[StatusLine]:
    return await tagged_for(
        request.ctx,
        viewer=request.viewer,
        page=asked,
        tags=TagChoice(any_of=[tag]),
        is_local=None,
        only_media=False,
    )
