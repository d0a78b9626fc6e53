"""GET /about: what this place is, its rules, and whom to ask."""

from urllib.parse import quote

from markupsafe import Markup

from watertower.base.text.html_of import html_of
from watertower.base.web import Response
from watertower.web.pages import page
from watertower.web.request import WebRequest


async def get_about(request: WebRequest) -> Response:
    """About the community."""
    words = request.site.extended_description
    html = html_of(words, mentions={}, tag_url=_tag_address)
    return page(
        request,
        "about.html",
        keeps="public, max-age=60",
        description=Markup(html),  # noqa: S704  # html_of escapes
    )


def _tag_address(tag: str) -> str:
    return f"/tags/{quote(tag)}"
