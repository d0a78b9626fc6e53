"""Fetch a document of another server: the one place where this is done.

What comes back is only believed when it is of ActivityPub's type, is an object, and its id is
the very address that it was served at. A document found under another address is fetched once
more at its id. Requests are signed by the server itself.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

import msgspec
from yarl import URL

from watertower.base.context import Context
from watertower.base.errors import Unreachable
from watertower.base.http.answer import Answer
from watertower.base.http.content_types import is_acceptable
from watertower.federation.errors import DocumentGone, DocumentRefused
from watertower.federation.model import ACTIVITY_JSON, ACTIVITY_TYPES, LD_JSON, Document
from watertower.federation.policies import require_served
from watertower.federation.reading import host_of, id_of, uri_of
from watertower.federation.remote.own_signature import own_signature

ACCEPT = f"{ACTIVITY_JSON}, {LD_JSON}"
ACCEPT_PAGES = f"{ACTIVITY_JSON}, {LD_JSON}, text/html;q=0.1"
PAGE_CHARACTERS_SEARCHED = 200_000
_LINK = re.compile(r"<link\s[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_LINK_HEADER = re.compile(r"<([^>]*)>\s*((?:;[^,<]*)*)")


@dataclass(frozen=True)
class Fetched:
    """A document whose id is the address it was served at."""

    id: str
    document: Document


async def fetch_document(ctx: Context, url: str, *, finds_pages: bool = False) -> Fetched:
    """The document at an address, or that a page at this address points to.

    Raises OutgoingFailed or another Unreachable when nothing came, DocumentGone on 404 and 410,
    DocumentRefused for what is not to be believed, ServerRefused by policy.
    """
    asked = _without_fragment(url)
    for is_second in (False, True):
        answer = await _ask(ctx, asked, finds_pages=finds_pages and not is_second)
        if not is_acceptable(answer.content_type, ACTIVITY_TYPES):
            found = document_address_in(answer) if finds_pages and not is_second else None
            if found is None:
                raise DocumentRefused("Not an ActivityPub document")
            asked = found
            continue
        document = parse_document(answer.body)
        own_id = id_of(document)
        if own_id is None:
            raise DocumentRefused("The document has no id")
        if _canonical(own_id) == _canonical(answer.url):
            return Fetched(own_id, document)
        if is_second:
            raise DocumentRefused("The document's id is not where it was found")
        asked = _without_fragment(own_id)
    raise DocumentRefused("The document's id is not where it was found")


def parse_document(body: bytes) -> Document:
    """JSON that is an object. Raises DocumentRefused."""
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise DocumentRefused("Not valid JSON") from None
    if not isinstance(document, dict):
        raise DocumentRefused("Not a JSON object")
    return document


async def _ask(ctx: Context, url: str, *, finds_pages: bool) -> Answer:
    host = host_of(url)
    if host is None:
        raise DocumentRefused("Not an http address")
    await require_served(ctx, host=host)
    answer = await ctx.http.request(
        "GET",
        url,
        headers={"Accept": ACCEPT_PAGES if finds_pages else ACCEPT},
        limit_bytes=ctx.settings.federation.document_limit_bytes,
        accept_types=(*ACTIVITY_TYPES, "text/html") if finds_pages else ACTIVITY_TYPES,
        sign=await own_signature(ctx),
    )
    if answer.status in {404, 410}:
        raise DocumentGone(f"The server answered {answer.status}", is_for_ever=answer.status == 410)
    if answer.status in {401, 403, 406}:
        raise DocumentRefused(f"The server answered {answer.status}")
    if not answer.is_ok:
        raise Unreachable(f"The server answered {answer.status}")
    final = host_of(answer.url)
    if final is not None and final != host:
        await require_served(ctx, host=final)
    return answer


def document_address_in(answer: Answer) -> str | None:
    """Where a page says that its document is: a Link header or a `<link rel=alternate>`."""
    for found in _LINK_HEADER.finditer(answer.headers.get("Link", "")[:4000]):
        if _is_alternate(dict(_attributes(found[2]))):
            return uri_of(urljoin(answer.url, found[1]))
    page = answer.body[:PAGE_CHARACTERS_SEARCHED].decode("utf-8", "replace")
    for tag in _LINK.finditer(page):
        attributes = dict(_attributes(tag[0]))
        if _is_alternate(attributes) and "href" in attributes:
            return uri_of(urljoin(answer.url, attributes["href"]))
    return None


def _attributes(text: str) -> list[tuple[str, str]]:
    return [
        (found[1].lower(), unescape(found[2] or found[3] or found[4] or ""))
        for found in _ATTRIBUTE.finditer(text)
    ]


def _is_alternate(attributes: dict[str, str]) -> bool:
    return "alternate" in attributes.get("rel", "").split() and is_acceptable(
        attributes.get("type", ""), (ACTIVITY_JSON, "application/ld+json")
    )


def _canonical(url: str) -> str:
    """As the client writes addresses, so that one in another spelling is still the same."""
    return str(URL(url).with_fragment(None))


def _without_fragment(url: str) -> str:
    return url.partition("#")[0]
