"""Posts as RSS 2.0, for feed readers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime

from watertower.base.web import Response
from watertower.web.pages import environment, request_values
from watertower.web.request import WebRequest
from watertower.web.views.status import StatusView

FEED_SIZE = 20
# Characters that XML 1.0 (section 2.2) does not have at all.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Feed:
    """What the feed is of; `path` is the page it belongs to."""

    title: str
    description: str
    path: str
    picture: str | None = None


def answer_feed(request: WebRequest, feed: Feed, statuses: Sequence[StatusView]) -> Response:
    """The feed as an answer."""
    values = request_values(request)
    text = (
        environment()
        .get_template("feed.xml")
        .render(values | {"feed": feed, "statuses": statuses, "mail_time": format_datetime})
    )
    return Response(
        _NOT_XML.sub("", text).encode("utf-8", "replace"),
        content_type="application/rss+xml; charset=utf-8",
        headers={"cache-control": "public, max-age=60"} if request.viewer is None else {},
    )
