"""GET /about: what this place is, its rules, and whom to ask."""

from watertower.base.web import Response
from watertower.web.pages import page
from watertower.web.public.documents import words_as_html
from watertower.web.request import WebRequest


async def get_about(request: WebRequest) -> Response:
    """About the community."""
    return page(
        request,
        "about.html",
        keeps="public, max-age=60",
        description=words_as_html(request.site.extended_description),
    )
