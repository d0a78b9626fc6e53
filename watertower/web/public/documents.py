"""GET /privacy-policy, /terms-of-service, /robots.txt: what the community put in writing."""

from urllib.parse import quote

from markupsafe import Markup

from watertower.accounts.access.site import site_text
from watertower.base.errors import NotFound
from watertower.base.text.html_of import html_of
from watertower.base.web import Response
from watertower.web.pages import page
from watertower.web.request import WebRequest

# Forms and one's own pages are of no use to a search engine.
ROBOTS = "User-agent: *\nDisallow: /auth/\nDisallow: /oauth/\nDisallow: /media_proxy/\n"


async def get_privacy_policy(request: WebRequest) -> Response:
    """What is done with people's data; NotFound where nobody wrote it down."""
    return _document(request, "Privacy policy", request.site.privacy_policy)


async def get_terms(request: WebRequest) -> Response:
    """The terms of service; NotFound where there are none."""
    return _document(request, "Terms of service", request.site.terms)


async def get_terms_of_day(request: WebRequest) -> Response:
    """The terms that were written on a day; NotFound for any day but that of those in force."""
    found = await site_text(request.ctx, name="terms")
    if found is None or found[1].date().isoformat() != request.path_params["date"]:
        raise NotFound
    return _document(request, "Terms of service", found[0])


async def get_robots(request: WebRequest) -> Response:
    """What crawlers should leave alone (RFC 9309)."""
    del request
    return Response(
        ROBOTS.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"cache-control": "public, max-age=86400"},
    )


def words_as_html(text: str) -> Markup:
    """A plain text of the community as paragraphs with links."""
    html = html_of(text, mentions={}, tag_url=lambda tag: f"/tags/{quote(tag)}")
    return Markup(html)  # noqa: S704  # html_of escapes


def _document(request: WebRequest, title: str, text: str) -> Response:
    if not text.strip():
        raise NotFound
    words = words_as_html(text)
    return page(request, "document.html", keeps="public, max-age=60", title=title, words=words)
