"""What a page says about itself in its head: OpenGraph, or failing that title and description.

Sources: the OpenGraph protocol (ogp.me), HTML Living Standard 4.2. Pure; the page is anybody's,
so everything is cut to size and only http(s) addresses are believed.
"""

import codecs
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from watertower.base.http.content_types import parse_content_type
from watertower.base.text.clean import clean_line, clean_text
from watertower.base.text.languages import language_of
from watertower.statuses.queries.cards import CardContent

# Python calls these encodings too. No page is written in them, and some take minutes for a few
# hundred kilobytes.
NO_CHARSETS = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape"})
MOST_CHARACTERS = 300_000  # heads are at the beginning; scripts before them are long these days
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE
)


@dataclass(frozen=True)
class PageHead:
    """The card's words, and where its picture is."""

    content: CardContent
    image_url: str | None


@dataclass
class _Head(HTMLParser):
    """Collects the parts of a head that matter; the first of each kind counts."""

    named: dict[str, str] = field(default_factory=dict)
    title: str = ""
    language: str = ""
    _in_title: bool = False
    is_over: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = self.language or values.get("lang", "")
        elif tag == "title" and not self.title:
            self._in_title = True
        elif tag == "meta":
            name = (values.get("property") or values.get("name") or "").strip().lower()
            if name and values.get("content"):
                self.named.setdefault(name, values["content"])
        elif tag == "body":
            self.is_over = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title and len(self.title) < 1000:
            self.title += data


def read_page(body: bytes, *, content_type: str, url: str) -> PageHead | None:
    """What the page at `url` says about itself; None if it has no title."""
    text = _decoded(body, content_type)[:MOST_CHARACTERS]
    head = _Head()
    for start in range(0, len(text), 16_384):
        head.feed(text[start : start + 16_384])
        if head.is_over:
            break
    named = head.named
    title = named.get("og:title") or named.get("twitter:title") or head.title
    title = clean_line(" ".join(title[:1000].split()), 300)
    if not title:
        return None
    image = named.get("og:image:secure_url") or named.get("og:image") or named.get("twitter:image")
    parts = urlsplit(url)
    content = CardContent(
        title=title,
        description=_first(named, 1000, "og:description", "twitter:description", "description"),
        language=language_of(head.language or named.get("og:locale")),
        author_name=_author_name(named),
        author_url=_web_url(url, named.get("article:author")) or "",
        provider_name=_first(named, 200, "og:site_name", "application-name"),
        provider_url=f"{parts.scheme}://{parts.netloc}" if named.get("og:site_name") else "",
        image_description=_first(named, 1500, "og:image:alt", "twitter:image:alt"),
        published_at=_moment(named.get("article:published_time")),
    )
    return PageHead(content, _web_url(url, image))


def _first(named: dict[str, str], limit: int, *names: str) -> str:
    found = next((named[name] for name in names if named.get(name)), "")
    return clean_text(found)[:limit].strip()


def _author_name(named: dict[str, str]) -> str:
    """The name; pages also put the address of a profile where a name belongs."""
    name = _first(named, 200, "author", "article:author")
    return "" if name.startswith(("http://", "https://")) else name


def _web_url(base: str, address: str | None) -> str | None:
    if not address:
        return None
    try:
        full = urljoin(base, address.strip())
        parts = urlsplit(full)
    except ValueError:
        return None
    is_fit = parts.scheme in {"http", "https"} and parts.netloc and len(full) <= 2048
    return full if is_fit and "." in address else None


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _decoded(body: bytes, content_type: str) -> str:
    """The text, by the charset of the answer, else of the page, else UTF-8."""
    charset = parse_content_type(content_type)[1].get("charset")
    if charset is None and (match := _CHARSET.search(body[:4096])):
        charset = match[1].decode()
    try:
        name = codecs.lookup(charset or "utf-8").name
        if name in NO_CHARSETS:
            name = "utf-8"
        text = body.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError):
        text = body.decode("utf-8", "replace")
    return text


class _Links(HTMLParser):
    """Finds the first link of a status that is neither a mention nor a tag."""

    found: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag != "a" or self.found is not None:
            return
        kinds = set(values.get("class", "").split()) | set(values.get("rel", "").split())
        href = values.get("href", "")
        if href.startswith(("http://", "https://")) and not kinds & {
            "mention",
            "hashtag",
            "u-url",
            "tag",
        }:
            self.found = href


def first_link(html: str) -> str | None:
    """The address that a status points to, for its card."""
    links = _Links()
    links.feed(html)
    return links.found if links.found and len(links.found) <= 2048 else None
