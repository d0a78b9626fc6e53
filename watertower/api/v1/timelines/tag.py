"""GET /api/v1/timelines/tag/:hashtag and link."""

from watertower.api.answers import answer_with_statuses
from watertower.api.request import ApiRequest
from watertower.api.visitors import require_may_read_local
from watertower.base.text.tags import tag_name
from watertower.base.web import Response
from watertower.feeds.access.links import about_link
from watertower.feeds.access.timelines import tagged_for
from watertower.feeds.model import TagChoice

MOST_TAGS = 4  # of each kind, as Mastodon


async def get_tag_timeline(request: ApiRequest) -> Response:
    """Public statuses under a hashtag; any[], all[] and none[] widen and narrow it."""
    page = request.page()
    is_local = True if request.is_on("local") else False if request.is_on("remote") else None
    if is_local is not False:
        await require_may_read_local(request)
    lines = await tagged_for(
        request.ctx,
        viewer=request.viewer,
        page=page,
        tags=TagChoice(
            any_of=[tag_name(request.path_params["hashtag"]), *_names(request, "any")],
            all_of=_names(request, "all"),
            none_of=_names(request, "none"),
        ),
        is_local=is_local,
        only_media=request.is_on("only_media"),
    )
    return await answer_with_statuses(request, lines, page, filter_context="public", goes_on=True)


async def get_link_timeline(request: ApiRequest) -> Response:
    """Public statuses that share a trending link; 404 for one that does not trend."""
    url, page = request.required_text("url", limit=2048), request.page()
    await require_may_read_local(request)
    lines = await about_link(request.ctx, viewer=request.viewer, url=url, page=page)
    return await answer_with_statuses(request, lines, page, filter_context="public", goes_on=True)


def _names(request: ApiRequest, name: str) -> list[str]:
    names = (tag_name(tag) for tag in request.texts(name))
    return [tag for tag in names if tag][:MOST_TAGS]
